import { workflowInfo } from '@temporalio/workflow';

/** Far more events than a rest and a read write, and fewer than the hundred that the server lets wait for a task. */
const EVENTS_MAX = 90;

/**
 * Tells a storm of signals by the events that were written since a moment ago. The server ends a workflow task by force
 * if more than a hundred events wait for it. So no read may hold the task during a storm, see `whileFast`: the read
 * would be made again and again, while signals pile up for a worker to take in at once.
 */
export class StormGauge {
  /** At first the whole history counts, which is little unless a storm comes with the start. */
  private eventsBefore = 0;

  /** Counts from now on. */
  begin(): void {
    this.eventsBefore = workflowInfo().historyLength;
  }

  /** Whether there was a storm until now; from here it counts anew. */
  take(): boolean {
    const { isStorm } = this;
    this.begin();
    return isStorm;
  }

  /**
   * Preparing only looks at this, so that a storm that came with the start still counts for the step after it. Reading
   * and reserving use `take`: they come again without a rest, and the events of one step are no storm for the next one.
   */
  get isStorm(): boolean {
    return workflowInfo().historyLength - this.eventsBefore > EVENTS_MAX;
  }
}
