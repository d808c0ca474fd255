import { CancellationScope, ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { closingFailure } from './failures.js';
import type { JobLife } from './job-life.js';
import { checkStartTerms } from './prepare/start-terms.js';
import { tellEnd } from './show/tell-metrics.js';

/** What the workflow of a job runs, and what it does when it is cancelled. */
interface JobWorkflow<Result> {
  run: () => Promise<Result>;
  /** Runs in a non-cancellable scope. */
  onCancel: () => Promise<void>;
  /** See `checkStartTerms`. */
  insteadOfTimeouts?: string;
}

/** Runs the workflow of a job and closes it well: with a result, a typed failure, or a cancellation that was obeyed. */
export async function liveAndCloseJob<Result>(
  life: JobLife,
  { run, onCancel, insteadOfTimeouts }: JobWorkflow<Result>,
): Promise<Result> {
  try {
    checkStartTerms(insteadOfTimeouts);
    life.checkTakenOver();
    const result = await run();
    await life.close();
    tellEnd(life.state);
    return result;
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const end = isCancellation(error) ? await obey(error as TemporalFailure, onCancel) : closingFailure(error);
    const failed = life.lastWord(end);
    await life.close(failed);
    tellEnd(life.state, failed);
    throw failed;
  }
}

/** @returns the cancellation to close with, or the failure if something could not be stopped. */
async function obey(cancellation: TemporalFailure, onCancel: () => Promise<void>): Promise<TemporalFailure> {
  try {
    await CancellationScope.nonCancellable(onCancel);
    return cancellation;
  } catch (error) {
    return closingFailure(error);
  }
}
