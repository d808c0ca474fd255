import type { WorkerOptions } from '@temporalio/worker';
import { ACTIVITIES_DEFAULT } from './worker-defaults.js';

/** How many activities a worker runs at once; infinite if a tuner decides that and does not say. */
export function activitySlots({
  tuner,
  maxConcurrentActivityTaskExecutions = ACTIVITIES_DEFAULT,
}: Pick<WorkerOptions, 'tuner' | 'maxConcurrentActivityTaskExecutions'>): number {
  if (!tuner) return maxConcurrentActivityTaskExecutions;
  if (!('activityTaskSlotSupplier' in tuner)) return tuner.activityTaskSlotOptions?.maximumSlots ?? Infinity;
  const supplier = tuner.activityTaskSlotSupplier;
  if (supplier.type === 'fixed-size') return supplier.numSlots;
  return supplier.type === 'resource-based' ? (supplier.maximumSlots ?? Infinity) : Infinity;
}
