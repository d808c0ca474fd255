import type { WorkflowExecutionDescription } from '@temporalio/client';

/** Why a workflow does not get on: the failure of a step that Temporal tries again, in words for people. */
export function obstacleOf({ raw }: WorkflowExecutionDescription): string | undefined {
  for (const { lastFailure } of raw.pendingActivities ?? []) {
    const reason = lastFailure?.cause?.message ?? lastFailure?.message;
    if (reason) return `failed and is tried again: ${reason}`;
  }
  return undefined;
}
