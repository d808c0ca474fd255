import type { Workflow } from '@temporalio/common';
import { CancellationScope, CancelledFailure, type ChildWorkflowHandle } from '@temporalio/workflow';
import { cancelWorkflow } from './cancel-workflow.js';

/**
 * Starts a child workflow and waits for its end. A cancellation reaches the child by its id, and its end is awaited.
 *
 * The SDK would cancel the run that it has started. That one is over when the child has gone on in a new run, or was
 * reset: Temporal accepts the request, and nobody hears it. If the child ends at the same moment, the request finds
 * nobody, since each attempt of a task has an id of its own.
 *
 * @throws CancelledFailure; what the child fails with, or its start.
 */
export async function cancelledById(
  workflowId: string,
  start: () => Promise<ChildWorkflowHandle<Workflow>>,
): Promise<unknown> {
  const scope = CancellationScope.current();
  if (scope.consideredCancelled) throw new CancelledFailure('Canceled before its workflow was started');
  let isOver = false;
  return await CancellationScope.nonCancellable(async () => {
    const child = await start();
    const cancel = async (): Promise<void> => {
      if (!isOver) await cancelWorkflow(workflowId);
    };
    scope.cancelRequested.catch(() => CancellationScope.nonCancellable(cancel));
    try {
      return (await child.result()) as unknown;
    } finally {
      isOver = true;
    }
  });
}
