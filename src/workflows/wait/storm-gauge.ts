import { workflowInfo } from '@temporalio/workflow';

/** Far more than a rest and a read write, and less than the hundred that the server lets wait for a task. */
const EVENTS_MAX = 90;

/**
 * Whether signals come in a storm, by the events that were written since a moment ago. The server ends a task by force that
 * more than a hundred events wait for: so no task may be held by a read then, see `whileFast`, or the read would be made
 * again and again, and all that has come is piled up for a worker to take in at once.
 */
export class StormGauge {
  /** At first all that there is, which is little unless a storm comes with the start. */
  private eventsBefore = 0;

  /** Counts from now on. */
  begin(): void {
    this.eventsBefore = workflowInfo().historyLength;
  }

  /** Whether there was one until now, from when on it counts anew. */
  take(): boolean {
    const { isStorm } = this;
    this.begin();
    return isStorm;
  }

  /**
   * Whoever prepares only looks, so that a storm which has come with the start counts for the first step after that, too. Reading
   * and reserving take it: they come again without a rest, and what one step has written is no storm for the next one.
   */
  get isStorm(): boolean {
    return workflowInfo().historyLength - this.eventsBefore > EVENTS_MAX;
  }
}
