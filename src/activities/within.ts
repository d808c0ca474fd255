import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for `work`, but no longer than `timeoutMs`. @throws Error with the message when the time is up. */
export async function within<T>(timeoutMs: number, message: string, work: Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: giveUp.signal }).then((): never => {
    throw new Error(message);
  });
  timeout.catch(() => undefined);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    giveUp.abort();
  }
}
