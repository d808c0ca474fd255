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

/** Waits for `work`, but no longer than `timeoutMs`; where it fails or is late the answer is `otherwise`. Holds no process. */
export function withinOr<T>(timeoutMs: number, otherwise: T, work: Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    const timeout = setTimeout(() => resolve(otherwise), timeoutMs).unref();
    const answer = (value: T): void => {
      clearTimeout(timeout);
      resolve(value);
    };
    work.then(answer, () => answer(otherwise));
  });
}
