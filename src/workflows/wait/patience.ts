import type { Duration, RetryPolicy } from '@temporalio/common';
import { LOST_AFTER_MS } from '../../job/times/heartbeats.js';
import { ANSWER_MS_MAX, SENDING_MS_MAX } from '../../job/times/requests.js';
import { UNREACHABLE_MS_MAX } from '../../job/wait/outage.js';

/**
 * The parts that the options of activities are made of. What is said where an activity is called is its own: for how long it
 * is tried, and what a stop does to it.
 */

/** By its heartbeats an activity that was lost with its worker is taken again within seconds; see `withHeartbeat`. */
const BEATING = { heartbeatTimeout: LOST_AFTER_MS } as const;

/** Nothing is there yet: it may be tried for as long as Keboola's silence is borne, and dropped at once. */
export const PATIENT = {
  ...BEATING,
  scheduleToCloseTimeout: UNREACHABLE_MS_MAX,
  retry: tryAgain('1m'),
} as const;

/** What goes on meanwhile is not to wait for long. */
export const TRY_AGAIN = { ...BEATING, retry: tryAgain('30s') } as const;

/** Somebody waits for the answer. */
export const TRY_AGAIN_SOON = { ...BEATING, retry: tryAgain('10s') } as const;

/** Temporal alone is asked, which answers at once or not at all. */
export const ASK_TEMPORAL = { startToCloseTimeout: '10s', retry: tryAgain('10s') } as const;

/** One attempt and not one more: a second one could do once more what is to be done once. */
export const ONCE = {
  ...BEATING,
  startToCloseTimeout: SENDING_MS_MAX,
  retry: { maximumAttempts: 1 },
} as const;

/** One question to Keboola, and a margin. */
export const ONE_QUESTION = { startToCloseTimeout: ANSWER_MS_MAX + 10_000 } as const;

/** Ever less often, up to this time between two attempts. */
export function tryAgain(maximumInterval: Duration): RetryPolicy {
  return { initialInterval: '1s', backoffCoefficient: 2, maximumInterval };
}
