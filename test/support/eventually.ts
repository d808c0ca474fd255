import { vi } from 'vitest';

const TIMEOUT_MS = 60_000;
const INTERVAL_MS = 50;

/** Tries until the check throws no more; unlike `expect.poll` also in tests that run beside others. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return await vi.waitFor(check, { timeout: TIMEOUT_MS, interval: INTERVAL_MS });
}
