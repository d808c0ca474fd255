import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { PipelinePlan } from '../../job/pipeline/plan.js';
import { mayRunAfter, mayRunText } from '../../job/pipeline/may-run-after.js';
import { taskOfChild } from '../../job/pipeline/workflow-ids.js';
import { findRunningChildren } from '../activities.js';
import { failure } from '../failures.js';
import type { AdoptedChildren } from './adopted-children.js';
import type { ResetPoint } from './reset-point.js';

/**
 * What a pipeline had started after the point to which it was reset. It runs on, and the history of the new run does not
 * know it.
 */
export class FormerChildren {
  /** Workflows that were to be stopped, and after whose end a job may run on. */
  readonly mayRun: string[] = [];
  /** The attempt that each task is in, by its id. */
  private readonly attempts = new Map<string, number>();

  constructor(
    private readonly adopted: AdoptedChildren,
    private readonly resetPoint: ResetPoint,
  ) {}

  /** The attempt with which a task begins: the one that runs already is waited for. */
  firstAttempt(taskId: string): number {
    return this.attempts.get(taskId) ?? 1;
  }

  /**
   * Stops what runs of later phases, since it builds on what is made anew, and remembers what runs of this one.
   *
   * @throws ApplicationFailure `KillNotConfirmed` where something was not seen to stop.
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
    if (this.mayRun.length > 0) throw failure('KillNotConfirmed', `Before the reset: ${this.mayRunText()}`);
  }

  /**
   * Hands a cancellation on to a child also by its id: one that had started before a reset to the midst of its phase obeys
   * as a child the run alone that was given up, and its end would be awaited for ever.
   *
   * @returns to be called once it is over.
   */
  handCancelOn(workflowId: string): () => void {
    let isOver = false;
    CancellationScope.current().cancelRequested.catch(async () => {
      if (isOver || !this.resetPoint.isPassed({ cancelOf: workflowId })) return;
      await CancellationScope.nonCancellable(() => getExternalWorkflowHandle(workflowId).cancel()).catch(
        () => undefined,
      );
    });
    return () => {
      isOver = true;
    };
  }

  /** Before the pipeline closes, and all that it knows of is over. */
  async stopRest(): Promise<void> {
    if (this.resetPoint.isPassed('close')) await this.stopAll(await runningChildren());
  }

  /** For people; empty where all has stopped. */
  mayRunText(): string {
    return this.mayRun.map(mayRunText).join('; ');
  }

  /** Waits until they are over, as a pipeline waits for its own tasks. */
  private async stopAll(workflowIds: readonly string[]): Promise<void> {
    const stop = async (workflowId: string): Promise<void> => {
      await getExternalWorkflowHandle(workflowId)
        .cancel()
        .catch(() => undefined);
      if (mayRunAfter(await this.adopted.endOf(workflowId))) this.mayRun.push(workflowId);
    };
    await CancellationScope.nonCancellable(() => Promise.all(workflowIds.map(stop)));
  }
}

/** As good as it gets: without an answer for an hour the pipeline goes on. */
async function runningChildren(): Promise<string[]> {
  const { firstExecutionRunId } = workflowInfo();
  return await CancellationScope.nonCancellable(() => findRunningChildren(firstExecutionRunId)).catch(() => []);
}
