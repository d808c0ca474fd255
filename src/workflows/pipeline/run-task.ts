import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import { kindOf } from '../../job/pipeline/kinds.js';
import { BRIEF_MEMO, type TaskEnd } from '../../job/pipeline/result.js';
import { mayTryAgain } from '../../job/pipeline/rules.js';
import { childWorkflowId } from '../../job/pipeline/workflow-ids.js';
import { plainInMarkdown } from '../../job/text/plain-in-markdown.js';
import { adoptChild } from './adopt-child.js';
import { cancelledById } from './cancelled-by-id.js';
import { failedEnd } from './task-end.js';
import type { PipelineLife, PlacedTask } from './pipeline-life.js';
import { untilTimeout } from './until-timeout.js';

/** Runs a task to its end, and again if its retry rule says so. Reports the outcome to `life`, and throws nothing. */
export async function runTask(life: PipelineLife, task: PlacedTask): Promise<void> {
  const { plan } = task;
  // Bounded by the retry rule of the task.
  for (let attempt = life.formerChildren.firstAttempt(plan.id); ; attempt++) {
    const begun = life.started(task, attempt);
    const end = await runAttempt(life, task, attempt);
    if (!life.cancelled && mayTryAgain(plan.retry, attempt, end)) continue;
    life.ended(task, begun, end);
    return;
  }
}

/** Each attempt is a workflow of its own, so it has a fence and a job of its own. */
async function runAttempt(life: PipelineLife, task: PlacedTask, attempt: number): Promise<TaskEnd> {
  const { id, timeoutMs } = task.plan;
  const workflowId = childWorkflowId(workflowInfo().workflowId, id, attempt);
  const scope = new CancellationScope();
  const limit = { timeoutMs, summary: `Timeout of ${id}` };
  try {
    const result = await untilTimeout(scope, limit, () => childOf(life, task, attempt, workflowId));
    return kindOf(task.input).spec.completed(result);
  } catch (error) {
    const timedOut = scope.consideredCancelled && !life.cancelled;
    return await failedEnd(task, { workflowId, timedOut }, error);
  }
}

/**
 * A pipeline that was reset finds tasks running that it had started before. One that was terminated and started again
 * finds tasks that are about to stop.
 */
async function childOf(life: PipelineLife, task: PlacedTask, attempt: number, workflowId: string): Promise<unknown> {
  // In each turn the workflow before is over, and only this pipeline starts it again.
  for (;;) {
    try {
      return await runChild(life, task, attempt, workflowId);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const adopted = await adoptChild(life.adopted, workflowId, error);
      if (adopted) return adopted.result;
    }
  }
}

async function runChild(
  life: PipelineLife,
  { plan, input }: PlacedTask,
  attempt: number,
  workflowId: string,
): Promise<unknown> {
  const { input: own, spec } = kindOf(input);
  return await cancelledById(workflowId, () =>
    startChild(spec.workflow, {
      workflowId,
      args: [{ ...spec.defaults, ...own, ...(spec.takesRunId && { parentRunId: life.rootRunId }) }],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      memo: { [BRIEF_MEMO]: true },
      staticSummary: plainInMarkdown(attempt === 1 ? plan.title : `${plan.title}, attempt ${attempt}`),
    }),
  );
}
