import { AlreadyRunningError, InputConflictError, InvalidInputError, JobFailedError } from '../../client/errors.js';

/** Whether the failure of a start proves that there is no workflow: an answer that was lost does not. */
export function hasStartedNothing(error: unknown): boolean {
  return [AlreadyRunningError, InputConflictError, InvalidInputError].some((type) => error instanceof type);
}

/**
 * Whether the end of an import proves that no job of Storage will load its file any more: one that was asked for before may
 * come late.
 */
export function hasLoadedNothing(error: unknown): boolean {
  if (!(error instanceof JobFailedError)) return false;
  const { type, storage } = error;
  if (type === 'StorageJobFailed') return storage !== undefined && storage.attempts === undefined;
  return type === 'CreateRefused';
}
