import { setTimeout as sleep } from 'node:timers/promises';
import { KeboolaError } from '../../http/keboola-error.js';

/** How often and how patiently one part of a transfer is tried. */
export interface Patience {
  /** One means once and not again, with new credentials neither. */
  attemptsMax: number;
  /** Before the second attempt; each further pause is twice as long. */
  pauseMs: number;
}

/** About half a minute: longer outages are for the workflow, which shows them. */
export const PATIENCE: Patience = { attemptsMax: 8, pauseMs: 250 };
const PAUSE_MS_MAX = 10_000;
/** New credentials that are refused, too, are not the matter. */
const RENEWALS_MAX = 2;
/** AWS says so with a 400. */
const ENDED_CODES: readonly string[] = ['ExpiredToken', 'TokenRefreshRequired', 'RequestExpired'];

interface Attempts {
  patience: Patience;
  signal: AbortSignal;
  /** Makes new credentials. */
  renew: () => Promise<void>;
}

/**
 * Does one step of a transfer, again where its failure may pass, and with new credentials where those have ended.
 *
 * @throws KeboolaError of the last attempt.
 */
export async function attempt<T>(work: () => Promise<T>, { patience, signal, renew }: Attempts): Promise<T> {
  const renewalsMax = patience.attemptsMax === 1 ? 0 : RENEWALS_MAX;
  let [failures, renewals] = [0, 0];
  // Ends by an attempt that works, or by one that was the last.
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !(error instanceof KeboolaError)) throw error;
      if (haveEnded(error) && renewals < renewalsMax) {
        renewals += 1;
        await renew();
        continue;
      }
      failures += 1;
      if (!error.isSilence || failures >= patience.attemptsMax) throw error;
      await pause(Math.max(pauseMs(failures, patience), error.facts.retryAfterMs ?? 0), signal, error);
    }
  }
}

/** Whether credentials that were good have ended. */
function haveEnded({ kind, facts }: KeboolaError): boolean {
  return kind === 'unauthorized' || ENDED_CODES.includes(facts.storeCode ?? '');
}

/** With chance, so that parts that broke together do not come back together. */
function pauseMs(failures: number, { pauseMs: first }: Patience): number {
  return Math.min(PAUSE_MS_MAX, first * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal: AbortSignal, error: KeboolaError): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw error;
  }
}
