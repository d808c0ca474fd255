import { AsyncLocalStorage } from 'node:async_hooks';

const urgent = new AsyncLocalStorage<true>();

/**
 * Does work that belongs to a stop: whatever it asks of Keboola goes before all else, and does not wait until a rest is over
 * that Keboola has asked for. Without its reads and lists nobody knows what to stop, or whether it has stopped.
 */
export function urgently<T>(work: () => Promise<T>): Promise<T> {
  return urgent.run(true, work);
}

export function isUrgent(): boolean {
  return urgent.getStore() === true;
}
