import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityDeps } from '../deps.js';

/**
 * How many watches a worker takes at a time: each holds a slot as long as there are jobs, and half of them are left to what
 * those jobs need.
 */
export function watchesMax({ activitySlots = () => Infinity }: Pick<ActivityDeps, 'activitySlots'>): number {
  return Math.floor(activitySlots() / 2);
}

/** Takes no more watches than the worker has room for. */
export class WatchRoom {
  private running = 0;

  constructor(private readonly deps: Pick<ActivityDeps, 'activitySlots'>) {}

  /** @throws ApplicationFailure `NoRoom`, to be tried again, perhaps by another worker. */
  async run<T>(watch: () => Promise<T>): Promise<T> {
    if (this.running >= watchesMax(this.deps)) {
      const message = 'This worker does too few activities at once for one more that lasts; another one may take it';
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
