import type { Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';

/** Whether a workflow runs a pipeline, or ran one. */
export async function isPipeline(client: Client, workflowId: string, runId?: string): Promise<boolean> {
  const { type } = await describeWorkflow(client, workflowId, runId);
  return type === 'runPipeline';
}
