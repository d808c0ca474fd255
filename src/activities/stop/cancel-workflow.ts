import { activityInfo, getClient } from '@temporalio/activity';
import { failure } from '../failures.js';

/**
 * Asks Temporal to cancel the workflow that called this activity: the way for a workflow to close as canceled when its
 * job was stopped by somebody else. The run id keeps a later run of the same id out of it.
 */
export async function cancelWorkflow(): Promise<void> {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw failure('InternalError', 'cancelWorkflow was started without a workflow');
  await getClient().workflow.getHandle(workflowExecution.workflowId, workflowExecution.runId).cancel();
}
