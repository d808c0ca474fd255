import type { Client } from '@temporalio/client';

/** Whether a workflow runs a pipeline, or ran one. */
export async function isPipeline(client: Client, workflowId: string, runId?: string): Promise<boolean> {
  const { type } = await client.workflow.getHandle(workflowId, runId).describe();
  return type === 'runPipeline';
}
