import type { SearchRequest } from '../../../job/create/creation.js';
import { compareJobIds } from '../../../job/job-id.js';
import type { JobView } from '../../../job/job-view.js';
import { goesDown, StampedSince } from '../../../job/create/stamped-since.js';
import type { Rows } from './pages.js';

const MINUTE_MS = 60_000;
/** Allowance for the difference of two clocks, even if an answer shows no time. */
const SKEW_MS = 30 * MINUTE_MS;

/** How far back in a list the job of a creation may be. */
export interface Reach {
  /** Whether no row after this page can matter; the list goes from the newest id to the oldest. */
  isPast: (page: Rows) => boolean;
  holds: (view: JobView) => boolean;
}

/** By an id that was drawn before the creation, if there is one, since ids grow; else by Keboola's clock. */
export function reachOf({ unfenced, sentSinceMs, askedAtMs }: SearchRequest): Reach {
  if (unfenced?.afterId !== undefined) return backToId(unfenced.afterId);
  return backToTime(new StampedSince({ sinceMs: sentSinceMs - SKEW_MS, askedAtMs }));
}

function backToId(afterId: string): Reach {
  const holds = ({ jobId }: JobView): boolean => compareJobIds(jobId, afterId) > 0;
  return { isPast: ({ views }) => goesDown(views) && views.some((view) => !holds(view)), holds };
}

function backToTime(stamped: StampedSince): Reach {
  return {
    isPast: ({ views, serverTime }) => {
      stamped.heard(serverTime);
      return stamped.isPast(views);
    },
    holds: (view) => !stamped.isOlder(view),
  };
}
