import { getClient } from '@temporalio/activity';
import { FAILURE_MEMO, JOB_MEMO } from '../../job/messages.js';
import { PIPELINE_MEMO, type PipelineResult } from '../../job/pipeline/result.js';
import type { CanceledChild } from '../../job/remote-steps.js';

/** Reads what became of the job of a canceled child: its parent is told nothing but that it was canceled. */
export async function readChildJob(workflowId: string): Promise<CanceledChild> {
  // The strict way: what cannot be read now must not pass for a job that there was not.
  const { memo } = await getClient().workflow.getHandle(workflowId).describe();
  const job = memo?.[JOB_MEMO] as CanceledChild['job'];
  const pipeline = memo?.[PIPELINE_MEMO] as PipelineResult | undefined;
  const failure = memo?.[FAILURE_MEMO] as CanceledChild['failure'];
  return { ...(job && { job }), ...(failure && { failure }), ...(pipeline && { pipeline }) };
}
