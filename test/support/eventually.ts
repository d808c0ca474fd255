import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 60_000;
/** What is there soon is seen soon; what takes long is asked for less often, because most checks cost a request or a query. */
const PAUSE_MS_MIN = 25;
const PAUSE_MS_MAX = 200;
const GROWTH = 1.3;

/** Tries until the check throws no more; unlike `expect.poll` also in tests that run beside others. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const deadlineMs = performance.now() + TIMEOUT_MS;
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * GROWTH, PAUSE_MS_MAX)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    await sleep(pauseMs);
  }
}
