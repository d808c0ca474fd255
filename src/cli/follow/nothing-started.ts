import { AlreadyRunningError, InputConflictError, InvalidInputError } from '../../client/errors.js';

/** Whether the failure of a start proves that there is no workflow: an answer that was lost does not. */
export function hasStartedNothing(error: unknown): boolean {
  return [AlreadyRunningError, InputConflictError, InvalidInputError].some((type) => error instanceof type);
}
