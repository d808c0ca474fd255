import { describe, expect, it } from 'vitest';
import type { WorkerOptions } from '@temporalio/worker';
import { activitySlots } from '../../src/worker/activity-slots.js';

const tunerOptions = { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 };
const resource = { type: 'resource-based', tunerOptions } as const;

function holder(activityTaskSlotSupplier: object): Pick<WorkerOptions, 'tuner'> {
  return {
    tuner: {
      workflowTaskSlotSupplier: resource,
      localActivityTaskSlotSupplier: resource,
      nexusTaskSlotSupplier: resource,
      activityTaskSlotSupplier: activityTaskSlotSupplier as typeof resource,
    },
  };
}

describe('how many activities a worker does at once', () => {
  it.each<[string, Parameters<typeof activitySlots>[0], number]>([
    ['its number', { maxConcurrentActivityTaskExecutions: 1 }, 1],
    ["the SDK's number, where nothing is said", {}, 100],
    ['a tuner of a fixed size', holder({ type: 'fixed-size', numSlots: 3 }), 3],
    ['a tuner by resources with an upper limit', holder({ ...resource, maximumSlots: 5 }), 5],
    ['a tuner by resources without one', holder(resource), Infinity],
    ['a tuner for all by resources', { tuner: { tunerOptions, activityTaskSlotOptions: { maximumSlots: 4 } } }, 4],
    ['a tuner for all without a limit', { tuner: { tunerOptions } }, Infinity],
    ['a supplier of its own', holder({ type: 'custom' }), Infinity],
  ])('is told by %s', (_, options, slots) => {
    expect(activitySlots(options)).toBe(slots);
  });
});
