import { setTimeout as sleep } from 'node:timers/promises';
import { KeboolaError } from '../../http/keboola-error.js';
import { BudgetSpent } from '../../http/request-budget.js';

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
  /** Makes new credentials. @throws KeboolaError, BudgetSpent. */
  renew: (signal: AbortSignal) => Promise<void>;
}

/**
 * Does one step of a transfer, again where its failure may pass, and with new credentials where those have ended. That none
 * are handed out for the moment is a failure that may pass, too: hours of work may hang on it.
 *
 * @throws KeboolaError or BudgetSpent of the last attempt.
 */
export async function attempt<T>(work: () => Promise<T>, { patience, signal, renew }: Attempts): Promise<T> {
  const renewalsMax = patience.attemptsMax === 1 ? 0 : RENEWALS_MAX;
  let [failures, renewals] = [0, 0];
  let isToRenew = false;
  // Ends by an attempt that works, or by one that was the last.
  for (;;) {
    try {
      if (isToRenew) await renew(signal);
      isToRenew = false;
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      if (!isToRenew && haveEnded(error) && renewals < renewalsMax) {
        renewals += 1;
        isToRenew = true;
        continue;
      }
      failures += 1;
      const restMs = restMsAfter(error);
      if (restMs === undefined || failures >= patience.attemptsMax) throw error;
      await pause(Math.max(pauseMs(failures, patience), restMs), signal, error);
    }
  }
}

/** How long to rest at least after a failure that may pass; undefined for one that will not. */
function restMsAfter(error: unknown): number | undefined {
  if (error instanceof BudgetSpent) return error.deferredMs;
  return error instanceof KeboolaError && error.isSilence ? (error.facts.retryAfterMs ?? 0) : undefined;
}

/** Whether credentials that were good have ended. */
function haveEnded(error: unknown): boolean {
  if (!(error instanceof KeboolaError)) return false;
  const { kind, facts } = error;
  return kind === 'unauthorized' || ENDED_CODES.includes(facts.storeCode ?? '');
}

/** With chance, so that parts that broke together do not come back together. */
function pauseMs(failures: number, { pauseMs: first }: Patience): number {
  return Math.min(PAUSE_MS_MAX, first * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal: AbortSignal, error: unknown): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw error;
  }
}
