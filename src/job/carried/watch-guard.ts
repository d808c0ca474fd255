import { atLeast, flag, milliseconds, moment, number, optional, textUpTo, yes, type Guard } from '../guard/guards.js';
import type { EndedJob } from '../watch/ended-job.js';
import type { Health } from '../watch/health.js';
import type { WatchRequest, WatchState } from '../watch/watch-request.js';

/** Far longer than any connection name, project id or run id. */
const TEXT_LENGTH_MAX = 1_000;

const text = textUpTo(TEXT_LENGTH_MAX);

const health = atLeast<Health>({
  provenMs: optional(moment),
  goodLookMs: optional(moment),
  canaryMs: optional(moment),
  unseen: optional(atLeast<EndedJob>({ jobId: text, runId: text, endedMs: number })),
});

/** The state that a watcher hands on. */
export const watchStateGuard: Guard<WatchState> = atLeast<WatchState>({
  cursorMs: moment,
  health,
  isHealthy: flag,
  tickMs: optional(milliseconds),
  rests: optional(yes),
  owes: optional(yes),
});

/** A watcher of a newer version may hand on fields that this version does not know. */
export const watchGuard: Guard<WatchRequest> = atLeast<WatchRequest>({
  connection: text,
  stack: text,
  project: text,
  state: optional(watchStateGuard),
});
