import { ApplicationFailure, CancellationScope, isCancellation, TemporalFailure } from '@temporalio/workflow';

/**
 * Tells an author what has ended a child workflow of ours that he awaited: true when somebody else stopped the job, in
 * Keboola or by cancelling that child alone; false when it is the cancellation of his own workflow, or any other end.
 *
 * Both look the same as an error: only whether the own scope is cancelled tells them apart.
 *
 * @param error what `executeChild('runJob', …)` or its `result()` has thrown.
 */
export function stoppedByOther(error: unknown): boolean {
  if (isCancellation(error)) return !CancellationScope.current().consideredCancelled;
  const cause = error instanceof TemporalFailure ? (error.cause ?? error) : error;
  return cause instanceof ApplicationFailure && cause.type === 'JobTerminated';
}
