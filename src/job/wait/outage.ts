import type { NoAnswer } from '../failure/no-answer.js';
import { doublingMs } from './doubling.js';

/**
 * How long a wait has gone without a usable answer. The wait is limited by time and never by a count: a burst of errors
 * says nothing about the job, which runs on without us.
 */
export interface Outage {
  /** When the first of the failed requests was noticed, epoch milliseconds. */
  sinceMs: number;
  /** When the token began to be refused, if it still is. */
  tokenRefusedSinceMs?: number;
  failures: number;
  message: string;
  retryAfterMs?: number;
}

/** How an outage that has lasted too long is reported. */
export type GivenUpAs = 'TokenRefused' | 'KeboolaUnreachable';

export const UNREACHABLE_MS_MAX = 24 * 60 * 60_000;
export const TOKEN_REFUSED_MS_MAX = 60 * 60_000;
/** For people: what has lasted too long. */
export const TOO_LONG: Readonly<Record<GivenUpAs, string>> = {
  KeboolaUnreachable: 'No usable answer from Keboola in 24 h',
  TokenRefused: 'The token was refused for an hour',
};
const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 60_000;

export function outageAfter(before: Outage | undefined, answer: NoAnswer, nowMs: number): Outage {
  const tokenRefusedSinceMs = answer.tokenRefused ? (before?.tokenRefusedSinceMs ?? nowMs) : undefined;
  return {
    sinceMs: before?.sinceMs ?? nowMs,
    failures: (before?.failures ?? 0) + 1,
    message: answer.message,
    ...(tokenRefusedSinceMs !== undefined && { tokenRefusedSinceMs }),
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  };
}

/** What a wait does after one more question without an answer. */
export type Borne =
  | {
      kind: 'again';
      /** Absent if Keboola was not asked and no outage lasted before. */
      outage: Outage | undefined;
      /** Delay until the next question. */
      delayMs: number;
    }
  | { kind: 'given-up'; as: GivenUpAs; outage: Outage };

/** Counts one more question without an answer. If Keboola was not asked, the outage stays as it was. */
export function bearOnce(before: Outage | undefined, answer: NoAnswer, nowMs: number, random: () => number): Borne {
  if (answer.deferredMs !== undefined) return { kind: 'again', outage: before, delayMs: answer.deferredMs };
  const outage = outageAfter(before, answer, nowMs);
  const as = givenUpAs(outage, nowMs);
  return as ? { kind: 'given-up', as, outage } : { kind: 'again', outage, delayMs: backoffMs(outage, random) };
}

/** Whether to give up, and for which reason. */
export function givenUpAs(outage: Outage, nowMs: number): GivenUpAs | undefined {
  const { tokenRefusedSinceMs, sinceMs } = outage;
  if (tokenRefusedSinceMs !== undefined && nowMs - tokenRefusedSinceMs >= TOKEN_REFUSED_MS_MAX) return 'TokenRefused';
  return nowMs - sinceMs >= UNREACHABLE_MS_MAX ? 'KeboolaUnreachable' : undefined;
}

/** How much longer the workflow puts up with the outage. */
export function outageLeftMs({ tokenRefusedSinceMs, sinceMs }: Outage, nowMs: number): number {
  const silent = sinceMs + UNREACHABLE_MS_MAX;
  const refused = tokenRefusedSinceMs === undefined ? silent : tokenRefusedSinceMs + TOKEN_REFUSED_MS_MAX;
  return Math.max(0, Math.min(silent, refused) - nowMs);
}

/** Doubles from one second to one minute, plus up to a quarter of jitter; a longer Retry-After is obeyed. */
export function backoffMs(outage: Outage, random: () => number): number {
  const spread = doublingMs(outage.failures - 1, DELAY_MS_MIN, DELAY_MS_MAX) * (1 + 0.25 * random());
  return Math.round(Math.max(spread, outage.retryAfterMs ?? 0));
}
