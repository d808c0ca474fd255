import type { FailureConverter, ProtoFailure } from '@temporalio/common';
import { mendMessage } from '../text/well-formed.js';

/** Temporal's native half crashes on a message that is nested more than a hundred levels deep. */
const CAUSES_MAX = 50;

/**
 * Wraps a failure converter, the SDK's or an author's own, so that every worker can send its failures: their texts are
 * well-formed (message, type, stack and source, those of their causes included), and their causes are bounded.
 */
export function wellFormedFailures(converter: FailureConverter): FailureConverter {
  return {
    errorToFailure: (error, payloadConverter, context) => {
      const failure = converter.errorToFailure(error, payloadConverter, context);
      boundCauses(failure);
      mendMessage(failure);
      return failure;
    },
    failureToError: (failure, payloadConverter, context) =>
      converter.failureToError(failure, payloadConverter, context),
  };
}

function boundCauses(failure: ProtoFailure): void {
  let last = failure;
  for (let causes = 0; last.cause && causes < CAUSES_MAX; causes += 1) last = last.cause;
  last.cause = null;
}
