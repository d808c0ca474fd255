import type { JsonObject } from '../json.js';

/** An operation of Storage failed while its job ran: the job ends as error and nothing has changed. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';

  constructor(
    readonly code: string,
    message: string,
    /** Some failures come with results all the same, such as the list of missing columns. */
    readonly results?: JsonObject,
  ) {
    super(message);
  }
}
