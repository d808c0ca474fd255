import { WorkflowNotFoundError, type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import { JOB_MEMO } from '../../job/messages.js';
import { kindByWorkflow, KINDS } from '../../job/pipeline/kinds.js';
import { isPipelineResult } from '../../job/pipeline/result-guard.js';
import { PIPELINE_MEMO, type TaskResult } from '../../job/pipeline/result.js';
import { childWorkflowId } from '../../job/pipeline/workflow-ids.js';
import { describeWorkflow } from '../../temporal/look.js';

/** A workflow that has closed as canceled, as `describeWorkflow` reads it. */
export type Canceled = Pick<WorkflowExecutionInfo, 'workflowId' | 'type' | 'memo' | 'startTime'>;

/**
 * Whether something may still run in Keboola after the workflow of a task was canceled. Some tasks cannot be stopped,
 * and a nested pipeline may contain such tasks.
 */
export async function goesOnAfter(client: Client, canceled: Canceled): Promise<boolean> {
  const kind = kindByWorkflow(canceled.type);
  if (kind === 'pipeline') return await nestedGoesOn(client, canceled);
  // A canceled action call leaves no trace that shows whether the request was sent.
  if (kind === 'action') return true;
  return kind !== undefined && KINDS[kind].goesOn !== undefined && isLeft(canceled.memo);
}

/** Without this memo field no Storage job was started. A field that cannot be read may stand for any job. */
function isLeft(memo: Canceled['memo']): boolean {
  if (!memo || !(JOB_MEMO in memo)) return false;
  return (memo[JOB_MEMO] as { outcome?: unknown } | undefined)?.outcome !== 'finished-first';
}

/**
 * A nested pipeline's view says only that a task without a job was canceled, so the workflows of such tasks are looked
 * at. A view that leaves out tasks, or that cannot be read, may hide such a task, so it counts as one that goes on.
 */
async function nestedGoesOn(client: Client, { workflowId, memo, startTime }: Canceled): Promise<boolean> {
  if (!memo || !(PIPELINE_MEMO in memo)) return false;
  const view = memo[PIPELINE_MEMO];
  if (!isPipelineResult(view) || view.truncated) return true;
  const tasks = view.phases.flatMap((phase): TaskResult[] => phase.tasks);
  for (const { id, attempts = 1 } of tasks.filter(({ job, error }) => !job && error?.type === 'Canceled')) {
    if (await canceledGoesOn(client, childWorkflowId(workflowId, id, attempts), startTime)) return true;
  }
  return false;
}

/**
 * @param since when the pipeline began. A child canceled before its start may share its id with a child of long ago.
 */
async function canceledGoesOn(client: Client, workflowId: string, since: Date): Promise<boolean> {
  try {
    const child = await describeWorkflow(client, workflowId);
    const isOver = child.status.name === 'CANCELLED' && child.closeTime !== undefined && child.closeTime >= since;
    return isOver && (await goesOnAfter(client, child));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
