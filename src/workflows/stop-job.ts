import type { JobView } from '../job/job-view.js';
import { nextDelayMs } from '../job/poll-schedule.js';
import type { CreatedJob } from '../job/creation.js';
import type { RunPlan } from '../job/run-plan.js';
import { killJob } from './activities.js';
import { failure, reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';
import { lookAfter } from './look.js';

const CONFIRM_MS_MAX = 15 * 60_000;

/**
 * Stops the job and proves it. Keboola's answer to a kill is a wish, so only a final status counts; must run in a
 * non-cancellable scope.
 *
 * @throws ApplicationFailure `KillNotConfirmed` after 15 minutes: the job may still run.
 */
export async function stopJob(life: JobLife, plan: RunPlan, job: CreatedJob): Promise<JobView> {
  life.enter('stopping');
  const ref = { connection: plan.connection, jobId: job.jobId };
  const startedMs = Date.now();
  for (let ageMs = 0; ageMs < CONFIRM_MS_MAX; ageMs = Date.now() - startedMs) {
    if (life.snapshot.job?.status !== 'terminating') await ask(life, ref);
    const delayMs = nextDelayMs({ phase: 'terminating', ageMs, random: Math.random });
    const reading = await lookAfter(life, delayMs, ref);
    if (reading.kind === 'no-answer') life.note(`Not known to have stopped: ${reading.message}`);
    else if (life.seen(reading) === 'final') return reading.view;
  }
  const message = `Job ${job.jobId} was not seen to stop within 15 min, it may still run. Stop it in Keboola: ${job.url}`;
  throw failure('KillNotConfirmed', message);
}

/** Asked again before every look until the job is seen to obey: a wish can be lost even after a 202. */
async function ask(life: JobLife, ref: { connection: string; jobId: string }): Promise<void> {
  try {
    const answer = await killJob(ref);
    if (answer.kind === 'no-answer') life.note(`The wish to stop was not heard: ${answer.message}`);
  } catch (error) {
    life.note(`The wish to stop was not sent: ${reasonOf(error)}`);
  }
}
