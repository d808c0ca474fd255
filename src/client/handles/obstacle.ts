import type { WorkflowExecutionDescription } from '@temporalio/client';

/** As Temporal's protocol counts the categories of failures. */
const BENIGN = 1;

/** Why a workflow does not get on: the failure of a step, and what Temporal does about it, in words for people. */
export function obstacleOf({ raw }: WorkflowExecutionDescription): string | undefined {
  for (const { lastFailure, paused, attempt, maximumAttempts } of raw.pendingActivities ?? []) {
    // What is not found is looked for once more, in a moment, and then told as final: nobody need hear it twice.
    if (Number(lastFailure?.applicationFailureInfo?.category) === BENIGN) continue;
    const reason = lastFailure?.cause?.message ?? lastFailure?.message;
    // Zero attempts are as many as it takes.
    const isLast = Boolean(maximumAttempts) && (attempt ?? 0) >= (maximumAttempts ?? 0);
    const next = paused ? 'is paused in Temporal' : isLast ? 'is tried for the last time' : 'is tried again';
    if (reason) return `failed and ${next}: ${reason}`;
  }
  return undefined;
}
