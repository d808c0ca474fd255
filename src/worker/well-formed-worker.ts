import type { FailureConverter } from '@temporalio/common';
import type { Worker } from '@temporalio/worker';
import { wellFormedFailures } from '../job/failure/well-formed-failures.js';

/** Where a worker of SDK 1.24 keeps its data converter; the class hides it. */
interface Converting {
  options?: { loadedDataConverter?: { failureConverter: FailureConverter } };
}

/**
 * Lets no text in a failure that a worker tells outside of the workflow sandbox end that worker: of activities, of
 * queries, of arguments that cannot be decoded. The worker's failure converter stays, also one of its author.
 *
 * The SDK has no interceptor around the last two, and a converter of ours would take the place of the author's.
 */
export function mendFailuresOf(worker: Worker): void {
  const converter = (worker as unknown as Converting).options?.loadedDataConverter;
  if (converter) converter.failureConverter = wellFormedFailures(converter.failureConverter);
}
