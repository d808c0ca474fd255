import { AsyncLocalStorage } from 'node:async_hooks';

const urgent = new AsyncLocalStorage<true>();

/**
 * Does work that belongs to a stop. All of its requests go first and ignore any rest that Keboola asked for: without
 * reads and lists, nobody knows what to stop, or whether it has stopped.
 */
export function urgently<T>(work: () => Promise<T>): Promise<T> {
  return urgent.run(true, work);
}

export function isUrgent(): boolean {
  return urgent.getStore() === true;
}
