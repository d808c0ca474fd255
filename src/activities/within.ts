import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for `work`, but no longer than `timeoutMs`. @throws Error with `message` when the time is up. */
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

/** As `within`, but answers `otherwise` if `work` fails or is late. Its timer does not keep the process alive. */
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
