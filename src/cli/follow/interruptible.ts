import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit/exit-codes.js';
import { Interrupted } from '../exit/interrupted.js';
import { onLeaving } from '../signals.js';

/** How long interrupted work may tidy up: an answer that never comes must not hold the process. */
const TIDY_MS_MAX = 10_000;

/** A Ctrl-C, a SIGTERM or a closed terminal, as seen by the work that it ends. */
export interface Stop {
  /** Fires at the first of these signals. */
  signal: AbortSignal;
  /** Stops listening for these signals. */
  letGo: () => void;
}

/**
 * Does work that the first Ctrl-C, SIGTERM or closed terminal ends; a second Ctrl-C or SIGTERM ends the process at
 * once, as people expect. Work that finishes in spite of the signal counts.
 *
 * @param left what is left of interrupted work, for people; asked for when it is interrupted.
 * @param tidyMsMax how long the work may take to tidy up.
 * @throws Interrupted with the exit code of the signal; what the work throws.
 */
export async function interruptible<T>(
  left: string | (() => string),
  work: (stop: Stop) => Promise<T>,
  tidyMsMax = TIDY_MS_MAX,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = (code: number): void => {
    letGo();
    stop.abort(new Interrupted(typeof left === 'string' ? left : left(), code));
  };
  const letGo = onLeaving({ press: () => interrupt(EXIT.interrupted), leave: interrupt });
  const { signal } = stop;
  try {
    return await Promise.race([work({ signal, letGo }), overdue(signal, tidyMsMax)]);
  } catch (error) {
    // Any other error after the signal is a consequence of it.
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
