import { activityInfo, getClient } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { isJobFailure, isJobResult, isLeftJob } from '../../job/guard/job-result.js';
import { FAILURE_MEMO, JOB_MEMO } from '../../job/messages.js';
import { isPipelineResult } from '../../job/pipeline/result-guard.js';
import { PIPELINE_MEMO } from '../../job/pipeline/result.js';
import type { CanceledChild } from '../../job/remote-steps.js';
import { firstRunOf, oursBy } from './our-children.js';

/**
 * Reads what became of the job of a canceled child, because the parent learns only that the child was canceled. A child
 * canceled before its start may share its id with a child of an earlier pipeline.
 */
export async function readChildJob(workflowId: string): Promise<CanceledChild> {
  const client = getClient();
  // The strict way: a memo that cannot be read now must not look as if there had been no job.
  const { memo, parentExecution } = await client.workflow.getHandle(workflowId).describe();
  if (!(await mayBeOurs(client, parentExecution))) return { notOurs: true };
  const { [JOB_MEMO]: job, [FAILURE_MEMO]: failure, [PIPELINE_MEMO]: pipeline } = memo ?? {};
  return {
    ...((isJobResult(job) || isLeftJob(job)) && { job }),
    ...(isJobFailure(failure) && { failure }),
    ...(isPipelineResult(pipeline) && { pipeline }),
  };
}

async function mayBeOurs(client: Client, parent: WorkflowExecutionInfo['parentExecution']): Promise<boolean> {
  const { workflowId = '', runId } = activityInfo().workflowExecution ?? {};
  const ours = await firstRunOf(client, workflowId, runId);
  if (ours === undefined) return true;
  return ['yes', 'perhaps'].includes(await oursBy(client, ours)(parent));
}
