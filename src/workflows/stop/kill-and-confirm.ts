import type { ApplicationFailure } from '@temporalio/workflow';
import { placeToLook } from '../../job/job-page.js';
import type { CreatedJob } from '../../job/create/creation.js';
import { marksOf } from '../../job/create/job-marks.js';
import type { JobView } from '../../job/job-view.js';
import { placeOf, type RunPlan } from '../../job/run-plan.js';
import { nextDelayMs } from '../../job/wait/poll-schedule.js';
import { finality } from '../../job/wait/status.js';
import { killJob } from '../activities.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { findMisnamed } from '../search/find-misnamed.js';
import { orNoAnswer } from '../or-no-answer.js';

/** A job that was seen to be ours this recently is stopped without another look, which would delay the stop. */
const SEEN_LATELY_MS = 60_000;

/** How long a stop may go unconfirmed; after that an operator has to look. */
export const CONFIRM_MS_MAX = 15 * 60_000;

/** If no look is answered, a kill that Keboola has accepted is sent again after this time: it may have been lost. */
const HEARD_MS = 60_000;
/** Keboola may ask for a rest instead of showing whether the job has stopped. It is obeyed for at most this long. */
const REST_MS_MAX = 15_000;

/**
 * Stops one job and proves it. Keboola's answer to a kill promises nothing: only a final status counts. The kill is
 * sent again after every look until the job is seen to obey, since it can be lost even after a 202. Must run in a
 * non-cancellable scope.
 *
 * @param untilMs when to give up; the job is asked to stop and looked at once at least, and once more if its end is in
 * doubt.
 * @returns the final view; undefined if the job had been mistaken for ours, and another one is ours from now on.
 * @throws ApplicationFailure `KillNotConfirmed`: the job may still run.
 */
export async function killAndConfirm(
  life: JobLife,
  { jobId, url }: Place,
  untilMs: number,
): Promise<JobView | undefined> {
  const { plan, state, time } = life;
  const isOurs = jobId === state.created?.jobId;
  const ref = { ...placeOf(plan), jobId };
  const marks = marksOf(plan, state);
  const startedMs = time.now();
  let isKnown = isOurs && state.readAtMs !== undefined && startedMs - state.readAtMs < SEEN_LATELY_MS;
  let askAgainAtMs = startedMs;
  let restMs = 0;
  let doubted: string | undefined;
  let isInDoubt: boolean;
  do {
    isInDoubt = false;
    if (time.now() >= askAgainAtMs) {
      const wish = await orNoAnswer(() => killJob(isKnown ? ref : { ...ref, marks }));
      if (wish.kind === 'no-answer') life.note(`Keboola did not answer the request to stop: ${wish.message}`);
      // A kill that was refused may be accepted the next time.
      if (wish.kind === 'asked') askAgainAtMs = time.now() + HEARD_MS;
      // The next look may show another job in its place.
      isKnown = false;
    }
    const delayMs = nextDelayMs({ phase: 'terminating', ageMs: time.now() - startedMs, random: Math.random });
    await time.sleep(Math.max(delayMs, restMs), { summary: 'Has the job stopped?' });
    const reading = await life.read({ ...ref, marks, afterKill: true });
    if (reading.kind === 'no-answer') {
      if (isOurs && (await findMisnamed(life, reading))) return undefined;
      life.note(`Job ${jobId} is not known to have stopped: ${reading.message}`);
      restMs = Math.min(REST_MS_MAX, reading.retryAfterMs ?? 0);
      continue;
    }
    const { view } = reading;
    const end = isOurs ? life.takeReading(reading) : finality(view.status, view.isFinished);
    const isDoubtful = end === 'doubtful' && !isOurs;
    if (end === 'final' || (isDoubtful && doubted === view.status)) return view;
    isInDoubt = isDoubtful && doubted === undefined;
    doubted = view.status;
    restMs = 0;
    askAgainAtMs = view.status === 'terminating' ? Infinity : time.now();
  } while (time.now() < untilMs || isInDoubt);
  throw notConfirmed(plan, { jobId, url });
}

/** Where a job is. */
type Place = Pick<CreatedJob, 'jobId' | 'url'>;

export function notConfirmed(plan: RunPlan, job: Place): ApplicationFailure {
  const advice = `it may still be running. Stop it in Keboola: ${placeToLook(plan, job)}`;
  const message = `Job ${job.jobId} was not confirmed to have stopped; ${advice}`;
  return failure('KillNotConfirmed', message, { jobId: job.jobId });
}
