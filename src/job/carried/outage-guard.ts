import type { Outage } from '../wait/outage.js';
import { count, fields, milliseconds, moment, optional, text } from '../guard/guards.js';

/** A silence that lasts when a run goes on in a new one. */
export const outage = optional(
  fields<Outage>({
    sinceMs: moment,
    tokenRefusedSinceMs: optional(moment),
    failures: count,
    message: text,
    retryAfterMs: optional(milliseconds),
  }),
);
