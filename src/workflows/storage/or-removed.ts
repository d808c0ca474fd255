import { ApplicationFailure, CancellationScope, ContinueAsNew, isCancellation } from '@temporalio/workflow';
import type { RemovalRequest } from '../../job/storage/remote-steps.js';
import { placeOf, type InProject } from '../../job/run-plan.js';
import { closingFailure } from '../failures.js';
import { wasReset } from '../is-reset.js';
import type { JobLife } from '../job-life.js';
import { removeUploaded } from './activities.js';

/**
 * Does what a file is uploaded for. Where it ends without a job that could load the file, by a failure or a cancel, the file
 * is deleted: the activity that was cancelled may have died with its worker.
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
 * A creation that is not known to have made nothing keeps the file, also where the job of a later one has failed; so does the
 * run that a reset gave up.
 */
function mayBeLoaded({ state }: JobLife, error: unknown): boolean {
  if (error instanceof ApplicationFailure && error.type === 'StorageJobFailed')
    return wasReset(state) || state.givenUp.length > 0;
  if (error instanceof ContinueAsNew || state.created !== undefined || state.givenUp.length > 0) return true;
  if (wasReset(state)) return true;
  if (isCancellation(error)) return false;
  const end = closingFailure(error);
  return !(end instanceof ApplicationFailure) || end.type === 'CreateAmbiguous' || end.type === 'InternalError';
}

/** One that stays is of no harm: Storage forgets it after 15 days. */
async function removed(file: RemovalRequest): Promise<void> {
  await CancellationScope.nonCancellable(() => removeUploaded(file)).catch(() => undefined);
}
