import { atLeast, flag, milliseconds, moment, number, optional, textUpTo, yes, type Guard } from '../guard/guards.js';
import type { EndedJob } from '../watch/ended-job.js';
import type { Health } from '../watch/health.js';
import type { WatchRequest, WatchState } from '../watch/watch-request.js';

/** Far above a name of a connection, an id of a project or a run id. */
const TEXT_LENGTH_MAX = 1_000;

const text = textUpTo(TEXT_LENGTH_MAX);

const health = atLeast<Health>({
  provenMs: optional(moment),
  goodLookMs: optional(moment),
  canaryMs: optional(moment),
  unseen: optional(atLeast<EndedJob>({ jobId: text, runId: text, endedMs: number })),
});

/** What a watcher hands on. */
export const watchStateGuard: Guard<WatchState> = atLeast<WatchState>({
  cursorMs: moment,
  health,
  isHealthy: flag,
  tickMs: optional(milliseconds),
  rests: optional(yes),
  owes: optional(yes),
});

/** A watcher of a newer version may tell more than this one knows. */
export const watchGuard: Guard<WatchRequest> = atLeast<WatchRequest>({
  connection: text,
  stack: text,
  project: text,
  state: optional(watchStateGuard),
});
