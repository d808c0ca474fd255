import { getExternalWorkflowHandle } from '@temporalio/workflow';

/** Cancels whichever run of a workflow is the current one. It may have ended just now; then there is nothing to cancel. */
export async function cancelWorkflow(workflowId: string): Promise<void> {
  await getExternalWorkflowHandle(workflowId)
    .cancel()
    .catch(() => undefined);
}
