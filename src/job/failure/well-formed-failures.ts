import type { FailureConverter, ProtoFailure } from '@temporalio/common';
import { mendMessage } from '../text/well-formed.js';

/** Temporal's native half takes no message that is nested more than a hundred times, and ends with one that is. */
const CAUSES_MAX = 50;

/**
 * A failure converter, the SDK's or an author's own, whose failures every worker can send: their texts are well-formed
 * (message, type, stack, source, and all that of their causes), and their causes are bounded.
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
