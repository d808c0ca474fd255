import { activityInfo } from '@temporalio/activity';
import type { WorkerOptions } from '@temporalio/worker';

/** An instant around the n-th activity of a workflow. */
export interface ActivityPoint {
  workflowId: string;
  /** Counts from 1. */
  activity: number;
  when: 'before' | 'after';
}

type Strike = (point: ActivityPoint) => Promise<void>;

/**
 * Lets something happen directly before or after each activity of a worker: after means that its work is done and
 * nobody was told.
 */
export function strikingInterceptors(strike: Strike): NonNullable<WorkerOptions['interceptors']> {
  const counts = new Map<string, number>();
  return {
    activity: [
      () => ({
        inbound: {
          execute: async (input, next) => {
            const workflowId = activityInfo().workflowExecution?.workflowId ?? '';
            const activity = (counts.get(workflowId) ?? 0) + 1;
            counts.set(workflowId, activity);
            await strike({ workflowId, activity, when: 'before' });
            const result: unknown = await next(input);
            await strike({ workflowId, activity, when: 'after' });
            return result;
          },
        },
      }),
    ],
  };
}
