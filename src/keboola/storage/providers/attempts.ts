import { setTimeout as sleep } from 'node:timers/promises';
import { doublingMs } from '../../../job/wait/doubling.js';
import { KeboolaError } from '../../http/keboola-error.js';
import { BudgetSpent } from '../../http/request-budget.js';

/** How often, and with which pauses, one step of a transfer is tried. */
export interface Patience {
  /** 1 means no retry at all, not even with new credentials. */
  attemptsMax: number;
  /** The pause before the second attempt; each further pause is twice as long. */
  pauseMs: number;
}

/** About half a minute: longer outages are left to the workflow, which shows them. */
export const PATIENCE: Patience = { attemptsMax: 8, pauseMs: 250 };
const PAUSE_MS_MAX = 10_000;
/** If even new credentials are refused, the credentials are not the problem. */
const RENEWALS_MAX = 2;
/** AWS reports expired credentials by these codes, with a 400. */
const ENDED_CODES: readonly string[] = ['ExpiredToken', 'TokenRefreshRequired', 'RequestExpired'];

interface Attempts {
  patience: Patience;
  signal: AbortSignal;
  /** Gets new credentials. @throws KeboolaError, BudgetSpent. */
  renew: (signal: AbortSignal) => Promise<void>;
}

/**
 * Does one step of a transfer. It retries temporary failures, and renews credentials that have expired. Failing to get
 * new credentials for the moment counts as temporary, too, since hours of work may be at stake.
 *
 * @throws KeboolaError or BudgetSpent of the last attempt.
 */
export async function attempt<T>(work: () => Promise<T>, { patience, signal, renew }: Attempts): Promise<T> {
  const renewalsMax = patience.attemptsMax === 1 ? 0 : RENEWALS_MAX;
  let [failures, renewals] = [0, 0];
  let isToRenew = false;
  // The loop ends with a successful attempt, or with the last one.
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

/** The minimum pause after a temporary failure, in milliseconds; undefined for a permanent one. */
function restMsAfter(error: unknown): number | undefined {
  if (error instanceof BudgetSpent) return error.deferredMs;
  return error instanceof KeboolaError && error.isSilence ? (error.facts.retryAfterMs ?? 0) : undefined;
}

/** Whether the credentials have expired. */
function haveEnded(error: unknown): boolean {
  if (!(error instanceof KeboolaError)) return false;
  const { kind, facts } = error;
  return kind === 'unauthorized' || ENDED_CODES.includes(facts.storeCode ?? '');
}

/** With jitter, so that parts that failed together do not come back together. */
function pauseMs(failures: number, { pauseMs: first }: Patience): number {
  return doublingMs(failures - 1, first, PAUSE_MS_MAX) * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal: AbortSignal, error: unknown): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw error;
  }
}
