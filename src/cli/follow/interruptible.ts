import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit/exit-codes.js';
import { Interrupted } from '../exit/interrupted.js';
import { onLeaving } from '../signals.js';

/** What has been interrupted may tidy up for so long; an answer that does not come holds nobody. */
const TIDY_MS_MAX = 10_000;

/** Somebody's Ctrl-C, SIGTERM or closed terminal, for work that it ends. */
export interface Stop {
  /** Fires at the first of them. */
  signal: AbortSignal;
  /** From now on they are for somebody else. */
  letGo: () => void;
}

/**
 * Does work that the first Ctrl-C or SIGTERM, or a terminal that closes, ends; a second Ctrl-C or SIGTERM ends the process at
 * once, as people expect of it. Work that comes to its end all the same counts.
 *
 * @param left what is left of the work where it is ended, for people.
 * @param tidyMsMax how long it may take to tidy up.
 * @throws Interrupted with the exit code of the signal; what the work throws.
 */
export async function interruptible<T>(
  left: string,
  work: (stop: Stop) => Promise<T>,
  tidyMsMax = TIDY_MS_MAX,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = (code: number): void => {
    letGo();
    stop.abort(new Interrupted(left, code));
  };
  const letGo = onLeaving({ press: () => interrupt(EXIT.interrupted), leave: interrupt });
  const { signal } = stop;
  try {
    return await Promise.race([work({ signal, letGo }), overdue(signal, tidyMsMax)]);
  } catch (error) {
    // What else goes wrong then comes of it.
    throw signal.aborted && !(error instanceof Interrupted) ? signal.reason : error;
  } finally {
    letGo();
  }
}

async function overdue(signal: AbortSignal, tidyMsMax: number): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await sleep(tidyMsMax);
  throw signal.reason;
}
