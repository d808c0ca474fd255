import type { Outage } from '../wait/outage.js';
import { count, fields, milliseconds, moment, optional, text } from '../guard/guards.js';

/** A Keboola outage that is still going on at continue-as-new. */
export const outage = optional(
  fields<Outage>({
    sinceMs: moment,
    tokenRefusedSinceMs: optional(moment),
    failures: count,
    message: text,
    retryAfterMs: optional(milliseconds),
  }),
);
