import type { JobLife } from '../job-life.js';
import { outcomeOfStop } from '../job-result.js';
import { keepEndInMemo, leaveAlone } from '../keep-end-in-memo.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';
import { stopJob } from './stop-job.js';
import { LOOKS_FOR_STOP, stopLateJobs } from './stop-late-jobs.js';
import { failuresOf, throwAll } from './failures-of.js';

/**
 * What a workflow does when it is cancelled: it stops its job, and beside it those of creations that were given up, and
 * proves it. Must run in a non-cancellable scope.
 *
 * @throws ApplicationFailure `KillNotConfirmed` after 15 minutes, which are one time for all of it. They began earlier if
 * the job was being stopped already.
 */
export async function stopAll(life: JobLife): Promise<void> {
  const sinceMs = life.stopSinceMs ?? life.time.now();
  const over = new Set<string>();
  const stopLateOnes = (): Promise<void> => stopLateJobs(life, LOOKS_FOR_STOP, { sinceMs, over });
  const [ownFailures] = await Promise.all([
    failuresOf([() => stopOwnJob(life, sinceMs + CONFIRM_MS_MAX)]),
    failuresOf([stopLateOnes]),
  ]);
  // While our job was being stopped, a late one may have appeared; and our job may have turned out to be another one,
  // whose creation may have made a second one.
  throwAll([...ownFailures, ...(await failuresOf([stopLateOnes]))]);
}

async function stopOwnJob(life: JobLife, untilMs: number): Promise<void> {
  // Either nothing was created, or the job is known to be over and this cancellation is our own.
  if (!life.state.created || life.isSettled) return;
  if (life.plan.onCancel === 'leave') {
    leaveAlone(life);
    return;
  }
  const end = await stopJob(life, untilMs);
  keepEndInMemo(life, end, outcomeOfStop(end));
}
