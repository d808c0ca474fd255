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
 * @throws ApplicationFailure `KillNotConfirmed` after 15 minutes, which are one time for all of it.
 */
export async function stopAll(life: JobLife): Promise<void> {
  const sinceMs = life.time.now();
  const { givenUp } = life.state;
  const failures = await failuresOf([
    () => stopOwnJob(life, sinceMs + CONFIRM_MS_MAX),
    () => stopLateJobs(life, LOOKS_FOR_STOP, { sinceMs }),
  ]);
  // Our job may have turned out to be another one meanwhile, whose creation may have made a second one.
  const runIds = life.state.givenUp.filter((runId) => !givenUp.includes(runId));
  failures.push(...(await failuresOf([() => stopLateJobs(life, LOOKS_FOR_STOP, { sinceMs, runIds })])));
  throwAll(failures);
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
