import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityDeps } from '../deps.js';

/**
 * How many watches a worker takes at a time. Each holds an activity slot while there are jobs, and half of the slots
 * stay free for the activities of those jobs.
 */
export function watchesMax({ activitySlots = () => Infinity }: Pick<ActivityDeps, 'activitySlots'>): number {
  return Math.floor(activitySlots() / 2);
}

/** Limits the watches to those that the worker has room for. */
export class WatchRoom {
  private running = 0;

  constructor(private readonly deps: Pick<ActivityDeps, 'activitySlots'>) {}

  /** @throws ApplicationFailure `NoRoom`, which Temporal retries, perhaps on another worker. */
  async run<T>(watch: () => Promise<T>): Promise<T> {
    if (this.running >= watchesMax(this.deps)) {
      const message =
        'This worker has no free activity slot for another long-running watch; another worker may take it';
      throw ApplicationFailure.create({ type: 'NoRoom', message, category: ApplicationFailureCategory.BENIGN });
    }
    this.running += 1;
    try {
      return await watch();
    } finally {
      this.running -= 1;
    }
  }
}
