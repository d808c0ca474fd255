import { ApplicationFailure, log } from '@temporalio/workflow';
import { placeToLook } from '../../job/job-page.js';
import { marksOf } from '../../job/create/job-marks.js';
import type { JobView } from '../../job/job-view.js';
import { placeOf } from '../../job/run-plan.js';
import { nextDelayMs } from '../../job/wait/poll-schedule.js';
import type { JobReading, JobRef } from '../../job/remote-steps.js';
import { finality, type Finality } from '../../job/wait/status.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { findMisnamed } from '../search/find-misnamed.js';
import { tellKillNotConfirmed } from '../show/tell-metrics.js';
import { killOnce, readOnce } from '../steps.js';

/** A job that was seen to be ours so lately is stopped without another look, which would make the stop later. */
const SEEN_LATELY_MS = 60_000;

/** For how long a stop may go unconfirmed; then somebody has to look. */
export const CONFIRM_MS_MAX = 15 * 60_000;

/** Where no look is answered, what was heard by Keboola is said again after this time: it may have been lost all the same. */
const HEARD_MS = 60_000;
/** A rest that Keboola asks for instead of showing whether the job has stopped is obeyed for so long. */
const REST_MS_MAX = 15_000;

type Seen = (reading: Extract<JobReading, { kind: 'read' }>) => Finality;

const byStatus: Seen = ({ view }) => finality(view.status, view.isFinished);

/**
 * Stops one job and proves it. Keboola's answer to a kill is a wish, so only a final status counts, and the wish is
 * sent again after every look until the job is seen to obey: it can be lost even after a 202. Must run in a
 * non-cancellable scope.
 *
 * @returns the view that was final.
 * @throws ApplicationFailure `KillNotConfirmed` after 15 minutes: the job may still run.
 */
export async function killAndConfirm(
  life: JobLife,
  jobId: string,
  url: string,
  seen: Seen = byStatus,
): Promise<JobView> {
  const ref = { ...placeOf(life.plan), jobId };
  const marks = marksOf(life.plan, life.state);
  const { time } = life;
  const startedMs = time.now();
  let isKnown = isSeenLately(life, jobId);
  let askAgainAtMs = startedMs;
  let restMs = 0;
  for (let ageMs = 0; ageMs < CONFIRM_MS_MAX; ageMs = time.now() - startedMs) {
    if (time.now() >= askAgainAtMs) {
      const isHeard = await ask(life, isKnown ? ref : { ...ref, marks });
      if (isHeard) askAgainAtMs = time.now() + HEARD_MS;
      // The next look may show another one in its place.
      isKnown = false;
    }
    const delayMs = nextDelayMs({ phase: 'terminating', ageMs, random: Math.random });
    await time.sleep(Math.max(delayMs, restMs), { summary: 'Has the job stopped?' });
    const reading = await readOnce(life, { ...ref, marks, afterKill: true });
    if (reading.kind === 'no-answer') {
      if (jobId === life.state.created?.jobId && (await findMisnamed(life, reading))) {
        life.enter('stopping');
        return await killAndConfirm(life, life.job.jobId, life.job.url, seen);
      }
      life.note(`Job ${jobId} is not known to have stopped: ${reading.message}`);
      restMs = Math.min(REST_MS_MAX, reading.retryAfterMs ?? 0);
      continue;
    }
    if (seen(reading) === 'final') return reading.view;
    restMs = 0;
    askAgainAtMs = reading.view.status === 'terminating' ? Infinity : time.now();
  }
  throw notConfirmed(life, { jobId, url });
}

export function notConfirmed({ plan }: JobLife, job: { jobId: string; url: string }): ApplicationFailure {
  const advice = `it may still run. Stop it in Keboola: ${placeToLook(plan, job)}`;
  const message = `Job ${job.jobId} was not seen to stop within 15 min, ${advice}`;
  return failure('KillNotConfirmed', message);
}

/**
 * Stops jobs that nobody waits for, beside the one that somebody waits for: where they do not obey, that is noted and
 * logged, and is no reason to leave the other one.
 *
 * @returns whether they have.
 */
export async function stopBeside(life: JobLife, stop: () => Promise<unknown>): Promise<boolean> {
  try {
    await stop();
    return true;
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    if (error.type === 'KillNotConfirmed') tellKillNotConfirmed();
    life.note(error.message);
    log.warn(error.message);
    return false;
  }
}

function isSeenLately({ state, time }: JobLife, jobId: string): boolean {
  const { created, readAtMs } = state;
  return created?.jobId === jobId && readAtMs !== undefined && time.now() - readAtMs < SEEN_LATELY_MS;
}

/** @returns whether Keboola has taken it up; one that it refuses may be taken up the next time. */
async function ask(life: JobLife, ref: JobRef): Promise<boolean> {
  const answer = await killOnce(ref);
  if (answer.kind === 'no-answer') life.note(`The wish to stop was not heard: ${answer.message}`);
  return answer.kind === 'asked';
}
