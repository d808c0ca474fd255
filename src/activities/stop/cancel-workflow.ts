import { activityInfo, getClient } from '@temporalio/activity';
import { failure } from '../failures.js';

/**
 * Asks Temporal to cancel the workflow that called this activity, so that it closes as canceled when somebody else has
 * stopped its job. The run id protects a later run of the same workflow id.
 */
export async function cancelWorkflow(): Promise<void> {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw failure('InternalError', 'cancelWorkflow was started without a workflow');
  await getClient().workflow.getHandle(workflowExecution.workflowId, workflowExecution.runId).cancel();
}
