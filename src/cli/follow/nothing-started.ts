import { AlreadyRunningError, InputConflictError, InvalidInputError, JobFailedError } from '../../client/errors.js';

/** Whether the failure of a start proves that there is no workflow: an answer that was lost does not. */
export function hasStartedNothing(error: unknown): boolean {
  return [AlreadyRunningError, InputConflictError, InvalidInputError].some((type) => error instanceof type);
}

/** Whether the end of an import proves that no job of Storage will load its file any more. */
export function hasLoadedNothing(error: unknown): boolean {
  return error instanceof JobFailedError && ['InvalidInput', 'CreateRefused', 'StorageJobFailed'].includes(error.type);
}
