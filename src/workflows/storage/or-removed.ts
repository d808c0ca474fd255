import { ApplicationFailure, CancellationScope, ContinueAsNew, isCancellation } from '@temporalio/workflow';
import type { RemovalRequest } from '../../job/storage/remote-steps.js';
import { placeOf, type InProject } from '../../job/run-plan.js';
import { closingFailure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { removeUploaded } from './activities.js';

/**
 * Does what a file was uploaded for. If that ends without a job that could load the file, by a failure or a
 * cancellation, the file is deleted here: the cancelled activity may have died with its worker.
 *
 * @throws what `work` throws.
 */
export async function orRemoved<T>(
  life: JobLife,
  file: Omit<RemovalRequest, keyof InProject>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!mayBeLoaded(life, error)) await removed({ ...placeOf(life.plan), ...file });
    throw error;
  }
}

/**
 * Keeps the file if any creation may have made a job that loads it, even if the job of a later creation has failed. The
 * run that a reset gave up counts as such a creation.
 */
function mayBeLoaded({ state, resetPoint }: JobLife, error: unknown): boolean {
  if (error instanceof ApplicationFailure && error.type === 'StorageJobFailed')
    return state.givenUp.length > 0 || resetPoint.isPassed('file');
  if (error instanceof ContinueAsNew || state.created !== undefined || state.givenUp.length > 0) return true;
  if (resetPoint.isPassed('file')) return true;
  if (isCancellation(error)) return false;
  const end = closingFailure(error);
  return !(end instanceof ApplicationFailure) || end.type === 'CreateAmbiguous' || end.type === 'InternalError';
}

/** A file that stays does no harm: Storage drops it after 15 days. */
async function removed(file: RemovalRequest): Promise<void> {
  await CancellationScope.nonCancellable(() => removeUploaded(file)).catch(() => undefined);
}
