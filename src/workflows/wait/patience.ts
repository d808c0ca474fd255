import type { Duration, RetryPolicy } from '@temporalio/common';
import { LOST_AFTER_MS } from '../../job/times/heartbeats.js';
import { ANSWER_MS_MAX, SENDING_MS_MAX } from '../../job/times/requests.js';
import { UNREACHABLE_MS_MAX } from '../../job/wait/outage.js';

/**
 * The building blocks of activity options. Each activity adds its own: how long it is tried, and what a cancellation
 * does to it.
 */

/** An activity that is lost with its worker misses heartbeats and is retried within seconds; see `withHeartbeat`. */
const BEATING = { heartbeatTimeout: LOST_AFTER_MS } as const;

/** Retried for as long as an outage of Keboola is tolerated. */
export const PATIENT = {
  ...BEATING,
  scheduleToCloseTimeout: UNREACHABLE_MS_MAX,
  retry: tryAgain('1m'),
} as const;

/** For side steps of something that must not wait for long. */
export const TRY_AGAIN = { ...BEATING, retry: tryAgain('30s') } as const;

/** Somebody waits for the answer. */
export const TRY_AGAIN_SOON = { ...BEATING, retry: tryAgain('10s') } as const;

/** Asks Temporal alone, which answers at once or not at all. */
export const ASK_TEMPORAL = { startToCloseTimeout: '10s', retry: tryAgain('10s') } as const;

/** One attempt and not one more: a second one could repeat what must happen once. */
export const ONCE = {
  ...BEATING,
  startToCloseTimeout: SENDING_MS_MAX,
  retry: { maximumAttempts: 1 },
} as const;

/** One request to Keboola, and a margin. */
export const ONE_QUESTION = { startToCloseTimeout: ANSWER_MS_MAX + 10_000 } as const;

/** Backs off exponentially, up to this time between two attempts. */
export function tryAgain(maximumInterval: Duration): RetryPolicy {
  return { initialInterval: '1s', backoffCoefficient: 2, maximumInterval };
}
