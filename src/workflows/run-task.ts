import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  workflowInfo,
  type ChildWorkflowOptions,
} from '@temporalio/workflow';
import { BRIEF_MEMO, type PipelineResult } from '../job/pipeline/result.js';
import { mayTryAgain, type TaskEnd } from '../job/pipeline/rules.js';
import { childWorkflowId } from '../job/pipeline/workflow-ids.js';
import type { JobResult } from '../job/result.js';
import { completedEnd, failedEnd } from './task-end.js';
import type { PipelineLife, PlacedTask } from './pipeline-life.js';

/** Runs a task to its end, and again where its rule says so. Whatever becomes of it is told to the life, nothing is thrown. */
export async function runTask(life: PipelineLife, task: PlacedTask): Promise<void> {
  const { plan } = task;
  // Bounded by the rule of the task.
  for (let attempt = 1; ; attempt++) {
    const startTime = life.started(task, attempt);
    const end = await runAttempt(life, task, attempt);
    if (!life.cancelled && mayTryAgain(plan.retry, attempt, end)) continue;
    life.ended(task, attempt, startTime, end);
    return;
  }
}

/** Each attempt is a workflow of its own, hence a fence and a job of its own. */
async function runAttempt(life: PipelineLife, task: PlacedTask, attempt: number): Promise<TaskEnd> {
  const { id, timeoutMs } = task.plan;
  const workflowId = childWorkflowId(workflowInfo().workflowId, id, attempt);
  const scope =
    timeoutMs === undefined
      ? new CancellationScope()
      : new CancellationScope({ cancellable: true, timeout: timeoutMs });
  try {
    return completedEnd(task, await scope.run(() => runChild(life, task, attempt, workflowId)));
  } catch (error) {
    const timedOut = scope.consideredCancelled && !life.cancelled;
    return await failedEnd(life, task, { workflowId, timedOut }, error);
  }
}

async function runChild(
  life: PipelineLife,
  { plan, input }: PlacedTask,
  attempt: number,
  workflowId: string,
): Promise<JobResult | PipelineResult> {
  const options: ChildWorkflowOptions = {
    workflowId,
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    memo: { [BRIEF_MEMO]: true },
    staticSummary: attempt === 1 ? plan.title : `${plan.title}, attempt ${attempt}`,
  };
  const below = { parentRunId: life.rootRunId };
  if (input.pipeline) {
    return (await executeChild('runPipeline', {
      ...options,
      args: [{ ...input.pipeline, ...below }],
    })) as PipelineResult;
  }
  const job = { onWarning: 'fail', ...input.job, ...below };
  return (await executeChild('runJob', { ...options, args: [job] })) as JobResult;
}
