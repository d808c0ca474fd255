import { ApplicationFailure, CancellationScope, isCancellation, TemporalFailure } from '@temporalio/workflow';

/**
 * Tells the author of a workflow how one of our child workflows has ended: true if somebody else stopped the job, in
 * Keboola or by cancelling that child alone; false if the author's own workflow was cancelled, or for any other end.
 *
 * As an error both look the same: only whether the author's own scope is cancelled tells them apart.
 *
 * @param error what `executeChild('runJob', …)` or its `result()` has thrown.
 */
export function stoppedByOther(error: unknown): boolean {
  if (isCancellation(error)) return !CancellationScope.current().consideredCancelled;
  const cause = error instanceof TemporalFailure ? (error.cause ?? error) : error;
  return cause instanceof ApplicationFailure && cause.type === 'JobTerminated';
}
