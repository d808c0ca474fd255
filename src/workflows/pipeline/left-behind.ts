import { CancellationScope, getExternalWorkflowHandle, patched, workflowInfo } from '@temporalio/workflow';
import type { PipelinePlan } from '../../job/pipeline/plan.js';
import { taskOfChild } from '../../job/pipeline/workflow-ids.js';
import { findRunningChildren } from '../activities.js';
import { isReset } from '../is-reset.js';
import type { AdoptedChildren } from './adopted-children.js';

/**
 * What a pipeline had started after the point to which it was reset. It runs on, and the history of the new run does not
 * know it.
 */
export class LeftBehind {
  /** By task. */
  private readonly attempts = new Map<string, number>();
  private hasLooked = false;

  constructor(private readonly adopted: AdoptedChildren) {}

  /** The attempt with which a task begins: the one that runs already is waited for. */
  firstAttempt(taskId: string): number {
    return this.attempts.get(taskId) ?? 1;
  }

  /** Stops what runs of later phases, since it builds on what is made anew, and remembers what runs of this one. */
  async beforePhase({ phases }: PipelinePlan, phase: number): Promise<void> {
    if (this.hasLooked || !isNewAfterReset(`phase ${phase}`)) return;
    this.hasLooked = true;
    const here = new Set(phases[phase]?.tasks.map(({ id }) => id));
    const later: string[] = [];
    for (const workflowId of await runningChildren()) {
      const child = taskOfChild(workflowInfo().workflowId, workflowId);
      if (child && here.has(child.taskId)) this.attempts.set(child.taskId, child.attempt);
      else later.push(workflowId);
    }
    await this.stopAll(later);
  }

  /** Before the pipeline closes, and all that it knows of is over. */
  async stopRest(): Promise<void> {
    if (isNewAfterReset('close')) await this.stopAll(await runningChildren());
  }

  /** Waits until they are over, as a pipeline waits for its own tasks. */
  private async stopAll(workflowIds: readonly string[]): Promise<void> {
    const stop = async (workflowId: string): Promise<void> => {
      await getExternalWorkflowHandle(workflowId)
        .cancel()
        .catch(() => undefined);
      await this.adopted.endOf(workflowId);
    };
    await CancellationScope.nonCancellable(() => Promise.all(workflowIds.map(stop)));
  }
}

/**
 * Whether the code comes to this place for the first time after a reset. What comes before the point of the reset is only
 * repeated, and its history has no such marker.
 */
function isNewAfterReset(place: string): boolean {
  return isReset() && patched(`reset: ${place}`);
}

/** As good as it gets: without an answer the pipeline goes on. */
async function runningChildren(): Promise<string[]> {
  const { firstExecutionRunId } = workflowInfo();
  return await CancellationScope.nonCancellable(() => findRunningChildren(firstExecutionRunId)).catch(() => []);
}
