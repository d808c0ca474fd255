import { UsageError } from './usage-error.js';
import { wordsOf } from './words-of.js';

/** A failure, with what is left of the work that it ended. It counts as the failure that caused it. */
export class LeftBehind extends Error {
  /**
   * @param left a sentence or two, without the failure.
   * @param isHalfDone whether a job has run: then it never counts as wrong usage, with which nothing was started.
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

/** For work that had only begun. A usage error needs no such sentence: with it nothing is ever started. */
export function nothingStarted(cause: unknown): unknown {
  return cause instanceof UsageError ? cause : new LeftBehind('Nothing was started.', cause);
}
