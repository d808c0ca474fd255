import { CancellationScope, ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { closingFailure } from './failures.js';
import { leaveAlone, outcomeOfStop, settle } from './finish.js';
import type { JobLife } from './job-life.js';
import { checkStartTerms } from './prepare/start-terms.js';
import { stopJob } from './stop/stop-job.js';
import { LAST_LOOKS, stopLateJobs } from './stop/stop-late-jobs.js';
import { tryAll } from './stop/try-all.js';

/**
 * Lives the life of a job and closes it well: with a result, a typed failure, or a cancellation that has been obeyed.
 *
 * @param instead see `checkStartTerms`.
 */
export async function closeJob<Result>(life: JobLife, live: () => Promise<Result>, instead?: string): Promise<Result> {
  try {
    checkStartTerms(instead);
    life.checkTakenOver();
    const result = await live();
    await life.close();
    return result;
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const end = isCancellation(error) ? await stop(life, error as TemporalFailure) : closingFailure(error);
    const failed = life.lastWord(end);
    await life.close(failed);
    throw failed;
  }
}

/** Somebody pressed stop. @returns the cancellation to close with, or the failure to stop the job. */
async function stop(life: JobLife, cancellation: TemporalFailure): Promise<TemporalFailure> {
  try {
    await CancellationScope.nonCancellable(() =>
      tryAll([() => stopOwnJob(life), () => stopLateJobs(life, LAST_LOOKS)]),
    );
    return cancellation;
  } catch (error) {
    return closingFailure(error);
  }
}

async function stopOwnJob(life: JobLife): Promise<void> {
  // Either nothing was created, or the job is known to be over and this cancellation is our own.
  if (!life.state.created || life.settled) return;
  if (life.plan.onCancel === 'leave') {
    leaveAlone(life);
    return;
  }
  const end = await stopJob(life);
  settle(life, end, outcomeOfStop(end));
}
