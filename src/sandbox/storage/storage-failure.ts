import type { JsonObject } from '../json.js';

/** How an operation of Storage fails while its job works: the job ends as error and nothing has changed. */
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
