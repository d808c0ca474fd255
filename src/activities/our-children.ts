import { activityInfo } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../temporal/look.js';

type Parent = { [Id in 'workflowId' | 'runId']?: string | null } | undefined;

/**
 * Whether a workflow with this parent was started by the workflow that asks, in whatever run. Another one may have had its
 * id before: runs belong together when they go back to the same first one.
 */
export async function isOurs(client: Client, parent: Parent, ourFirstRunId: string): Promise<boolean> {
  const { workflowId, runId } = parent ?? {};
  if (!workflowId || workflowId !== activityInfo().workflowExecution?.workflowId) return false;
  const first = await firstRunOf(client, workflowId, runId ?? undefined);
  // A server that does not tell, or has forgotten the run that was given up, leaves the id.
  return first === undefined || first === ourFirstRunId;
}

async function firstRunOf(client: Client, workflowId: string, runId: string | undefined): Promise<string | undefined> {
  try {
    const { raw } = await describeWorkflow(client, workflowId, runId);
    return raw.workflowExecutionInfo?.firstRunId || undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
