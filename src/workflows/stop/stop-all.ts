import type { JobLife } from '../job-life.js';
import { outcomeOfStop } from '../job-result.js';
import { keepEndInMemo, leaveAlone } from '../keep-end-in-memo.js';
import { stopJob } from './stop-job.js';
import { LOOKS_FOR_STOP, stopLateJobs } from './stop-late-jobs.js';
import { tryAll } from './try-all.js';

/**
 * What a workflow does when it is cancelled: it stops its job, and those of creations that were given up, and proves
 * it. Must run in a non-cancellable scope.
 *
 * @throws ApplicationFailure `KillNotConfirmed`.
 */
export async function stopAll(life: JobLife): Promise<void> {
  await tryAll([() => stopOwnJob(life), () => stopLateJobs(life, LOOKS_FOR_STOP)]);
}

async function stopOwnJob(life: JobLife): Promise<void> {
  // Either nothing was created, or the job is known to be over and this cancellation is our own.
  if (!life.state.created || life.isSettled) return;
  if (life.plan.onCancel === 'leave') {
    leaveAlone(life);
    return;
  }
  const end = await stopJob(life);
  keepEndInMemo(life, end, outcomeOfStop(end));
}
