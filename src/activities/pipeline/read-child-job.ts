import { activityInfo, getClient } from '@temporalio/activity';
import type { Client, WorkflowExecutionDescription, WorkflowExecutionInfo } from '@temporalio/client';
import { isJobFailure, isJobResult, isLeftJob } from '../../job/guard/job-result.js';
import { FAILURE_MEMO, JOB_MEMO, jobQuery } from '../../job/messages.js';
import { isPipelineResult } from '../../job/pipeline/result-guard.js';
import { PIPELINE_MEMO } from '../../job/pipeline/result.js';
import type { CanceledChild } from '../../job/remote-steps.js';
import type { LeftJob } from '../../job/result.js';
import { compact } from '../../job/text/document-fields.js';
import { shownAttribute } from '../../temporal/shown-attribute.js';
import { firstRunOf, oursBy } from './our-children.js';

/** How Temporal closes a workflow whose code cannot run any more, so that it keeps nothing in its memo. */
const CUT_OFF: readonly string[] = ['TERMINATED', 'TIMED_OUT'];
/** A worker answers for a closed workflow only after it has replayed it; the activity has twice as long. */
const ANSWER_MS_MAX = 5_000;

/**
 * Reads what became of the job of a child that was canceled, terminated or timed out, because the parent learns only
 * that. A child canceled before its start may share its id with a child of an earlier pipeline.
 */
export async function readChildJob(workflowId: string): Promise<CanceledChild> {
  const client = getClient();
  // The strict way: a memo that cannot be read now must not look as if there had been no job.
  const child = await client.workflow.getHandle(workflowId).describe();
  if (!(await mayBeOurs(client, child.parentExecution))) return { notOurs: true };
  const { [JOB_MEMO]: kept, [FAILURE_MEMO]: failure, [PIPELINE_MEMO]: pipeline } = child.memo ?? {};
  const isCutOff = CUT_OFF.includes(child.status.name);
  const job = jobIn(kept) ?? (isCutOff ? await jobOfCutOff(client, child) : undefined);
  return {
    ...(job && { job }),
    ...(isJobFailure(failure) && { failure }),
    ...(isPipelineResult(pipeline) && { pipeline }),
  };
}

function jobIn(kept: unknown): CanceledChild['job'] {
  return isJobResult(kept) ? kept : leftJobIn(kept);
}

function leftJobIn(told: unknown): LeftJob | undefined {
  if (!isLeftJob(told)) return undefined;
  // The view of a job may be long, and a pipeline has no room for many of them.
  const { jobId, runId, component, config, status, outcome, url, page } = told;
  return compact({ jobId, runId, component, config, status, outcome, url, page });
}

/** Asks the workflow first: search attributes do not show a young job yet, and have no link to a job. */
async function jobOfCutOff(client: Client, child: WorkflowExecutionDescription): Promise<LeftJob | undefined> {
  const handle = client.workflow.getHandle(child.workflowId, child.runId);
  const answer = await client
    .withDeadline(Date.now() + ANSWER_MS_MAX, () => handle.query(jobQuery))
    .catch(() => undefined);
  const { job, url, page } = answer ?? {};
  return leftJobIn({ ...job, ...compact({ url, page }), outcome: 'left-alone' }) ?? shownJob(child);
}

/** @returns undefined also in a namespace without our search attributes. */
function shownJob(child: WorkflowExecutionDescription): LeftJob | undefined {
  const jobId = shownAttribute(child, 'KeboolaJobId');
  if (jobId === undefined) return undefined;
  return compact({
    jobId,
    runId: shownAttribute(child, 'KeboolaRunId'),
    component: shownAttribute(child, 'KeboolaComponent'),
    config: shownAttribute(child, 'KeboolaConfig'),
    status: shownAttribute(child, 'KeboolaStatus'),
    outcome: 'left-alone' as const,
  });
}

async function mayBeOurs(client: Client, parent: WorkflowExecutionInfo['parentExecution']): Promise<boolean> {
  const { workflowId = '', runId } = activityInfo().workflowExecution ?? {};
  const ours = await firstRunOf(client, workflowId, runId);
  if (ours === undefined) return true;
  return ['yes', 'perhaps'].includes(await oursBy(client, ours)(parent));
}
