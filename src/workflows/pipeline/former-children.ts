import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { PipelinePlan } from '../../job/pipeline/plan.js';
import { mayRunAfter, mayRunText } from '../../job/pipeline/may-run-after.js';
import { taskOfChild } from '../../job/pipeline/workflow-ids.js';
import { findRunningChildren } from '../activities.js';
import { failure } from '../failures.js';
import type { AdoptedChildren } from './adopted-children.js';
import { cancelWorkflow } from './cancel-workflow.js';
import type { ResetPoint } from '../reset/reset-point.js';

/**
 * The children that a pipeline had started after the point to which it was reset. They run on, and the history of the
 * new run does not know them.
 */
export class FormerChildren {
  /** Workflows that were asked to stop, but that may have left a job running. */
  readonly mayRun: string[] = [];
  /** The attempt that each task is in, by task id. */
  private readonly attempts = new Map<string, number>();

  constructor(
    private readonly adopted: AdoptedChildren,
    private readonly resetPoint: ResetPoint,
  ) {}

  /** The attempt that a task begins with: if one is running already, the task waits for that one. */
  firstAttempt(taskId: string): number {
    return this.attempts.get(taskId) ?? 1;
  }

  /**
   * Stops the children of later phases, since those phases build on what is made anew, and remembers those of this
   * phase.
   *
   * @throws ApplicationFailure `KillNotConfirmed` if something was not confirmed to have stopped.
   */
  async beforePhase({ phases }: PipelinePlan, phase: number): Promise<void> {
    if (!this.resetPoint.isPassed({ phase })) return;
    const here = new Set(phases[phase]?.tasks.map(({ id }) => id));
    const later: string[] = [];
    for (const workflowId of await runningChildren()) {
      const child = taskOfChild(workflowInfo().workflowId, workflowId);
      if (child && here.has(child.taskId)) this.attempts.set(child.taskId, child.attempt);
      else later.push(workflowId);
    }
    await this.stopAll(later);
    if (this.mayRun.length > 0) throw failure('KillNotConfirmed', `From before the reset: ${this.mayRunText()}`);
  }

  /** Stops what still runs, once everything that the pipeline knows of is over and before it closes. */
  async stopRest(): Promise<void> {
    if (this.resetPoint.isPassed('close')) await this.stopAll(await runningChildren());
  }

  /** For people; empty if everything has stopped. */
  mayRunText(): string {
    return this.mayRun.map(mayRunText).join('; ');
  }

  /** Cancels the workflows and waits for their ends, as a pipeline waits for its own tasks. */
  private async stopAll(workflowIds: readonly string[]): Promise<void> {
    const stop = async (workflowId: string): Promise<void> => {
      await cancelWorkflow(workflowId);
      if (mayRunAfter(await this.adopted.endOf(workflowId))) this.mayRun.push(workflowId);
    };
    await CancellationScope.nonCancellable(() => Promise.all(workflowIds.map(stop)));
  }
}

/** Best effort: without an answer for an hour the pipeline goes on. */
async function runningChildren(): Promise<string[]> {
  const { firstExecutionRunId } = workflowInfo();
  return await CancellationScope.nonCancellable(() => findRunningChildren(firstExecutionRunId)).catch(() => []);
}
