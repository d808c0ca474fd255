import type { WorkflowHandle } from '@temporalio/client';

/** Temporal's server ends a task by force that more than 100 events wait for, and what the task had done is done again. */
const WAVE = 50;

/**
 * Sends so many signals, in waves of which each is taken in before the next one: Node.js crashes where a starved worker
 * gets more in one activation than it can do in five seconds.
 */
export async function sendSignals(
  handle: WorkflowHandle,
  name: string,
  count: number,
  ...args: unknown[]
): Promise<void> {
  for (let sent = 0; sent < count; sent += WAVE) {
    await Promise.all(Array.from({ length: Math.min(WAVE, count - sent) }, () => handle.signal(name, ...args)));
    await handle.query('__temporal_workflow_metadata').catch(() => undefined);
  }
}
