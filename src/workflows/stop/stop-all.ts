import type { TemporalFailure } from '@temporalio/workflow';
import { jobOfFailure } from '../../job/failure/job-of-failure.js';
import type { JobLife } from '../job-life.js';
import { outcomeOfStop } from '../job-result.js';
import { keepEndInMemo, leaveAlone } from '../keep-end-in-memo.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';
import { stopJob } from './stop-job.js';
import { isUnknown, LOOKS_FOR_STOP, unstoppedLateJobs } from './stop-late-jobs.js';
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
  const stopLateOnes = (): Promise<TemporalFailure[]> => unstoppedLateJobs(life, LOOKS_FOR_STOP, { sinceMs, over });
  const [own, first] = await Promise.all([
    failuresOf([() => stopOwnJob(life, sinceMs + CONFIRM_MS_MAX)]),
    stopLateOnes(),
  ]);
  // While our job was being stopped, a late one may have appeared; and our job may have turned out to be another one,
  // whose creation may have made a second one.
  const second = await stopLateOnes();
  throwAll([...own, ...stillTrue(first, second, over), ...second]);
}

/** A job that was seen once counts, although the next look shows less, until it is seen to be over. */
function stillTrue(
  first: readonly TemporalFailure[],
  second: readonly TemporalFailure[],
  over: ReadonlySet<string>,
): TemporalFailure[] {
  const told = second.map(({ message }) => message);
  return first.filter((failed) => {
    if (isUnknown(failed) || told.includes(failed.message)) return false;
    const { jobId } = jobOfFailure(failed);
    return jobId === undefined ? over.size === 0 : !over.has(jobId);
  });
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
