import type { JobView } from '../job/job-view.js';
import { backOffMs, exhausted, strain, type Patience } from '../job/patience.js';
import type { CreatedJob } from '../job/creation.js';
import type { NoAnswer, RunPlan } from '../job/run-plan.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { lookAfter } from './look.js';

/** Before an unknown status is believed to be the end it must be read twice, this far apart. */
const SECOND_READ_MS = 5_000;

/** Looks at the job until its status is final, through any number of bad answers. */
export async function waitForEnd(life: JobLife, plan: RunPlan, job: CreatedJob): Promise<JobView> {
  let patience: Patience | undefined;
  let doubted: string | undefined;
  let delayMs = life.pollDelayMs();
  // A job may take days; what is bounded is the time without any answer.
  for (;;) {
    const reading = await lookAfter(life, delayMs, { connection: plan.connection, jobId: job.jobId });
    if (reading.kind === 'no-answer') {
      patience = endure(life, patience, reading, job);
      delayMs = backOffMs(patience, Math.random);
      continue;
    }
    patience = undefined;
    const { view } = reading;
    const finality = life.seen(reading);
    if (finality === 'final') return view;
    if (finality === 'doubtful' && doubted === view.status) {
      throw failure('UnknownStatus', `Job ${job.jobId} ended with the unknown status "${view.status}".`, view);
    }
    doubted = finality === 'doubtful' ? view.status : undefined;
    delayMs = finality === 'doubtful' ? SECOND_READ_MS : life.pollDelayMs();
  }
}

function endure(life: JobLife, before: Patience | undefined, answer: NoAnswer, { jobId, url }: CreatedJob): Patience {
  const nowMs = Date.now();
  const patience = strain(before, answer, nowMs);
  const silentMinutes = Math.round((nowMs - patience.sinceMs) / 60_000);
  const spent = exhausted(patience, nowMs);
  if (spent) {
    const advice = `Job ${jobId} may still run; look at it in Keboola: ${url}`;
    throw failure(spent, `No usable answer for ${silentMinutes} min: ${answer.message}. ${advice}`);
  }
  life.note(`Keboola has given no usable answer for ${silentMinutes} min: ${answer.message}`);
  return patience;
}
