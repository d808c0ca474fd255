import { UsageError } from './usage-error.js';
import { wordsOf } from './words-of.js';

/** A failure, and what it leaves of the work that it has ended. It counts as the failure that it is. */
export class LeftBehind extends Error {
  /**
   * @param left a sentence or two, without the failure.
   * @param isHalfDone whether a job has run for it: then it never counts as a mistake by which nothing was started.
   */
  constructor(
    left: string,
    cause: unknown,
    readonly isHalfDone = false,
  ) {
    super(`${wordsOf(cause).replace(/\.$/, '')}. ${left}`, { cause });
    this.name = cause instanceof Error ? cause.name : 'Error';
  }
}

/** Of work that had only begun. A mistake of the caller's says so by its exit code. */
export function nothingStarted(cause: unknown): unknown {
  return cause instanceof UsageError ? cause : new LeftBehind('Nothing was started.', cause);
}
