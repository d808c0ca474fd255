import type { SearchRequest } from '../../../job/create/creation.js';
import { compareJobIds } from '../../../job/job-id.js';
import type { JobView } from '../../../job/job-view.js';
import { goesDown, StampedSince } from '../../../job/create/stamped-since.js';
import type { Rows } from './pages.js';

const MINUTE_MS = 60_000;
/** Two clocks may differ, also where an answer tells no time. */
const SKEW_MS = 30 * MINUTE_MS;

/** How far back in time the job of a creation may lie. */
export interface Reach {
  /** Whether nothing behind this page of a list is of use, which goes from the newest id to the oldest. */
  isPast: (page: Rows) => boolean;
  holds: (view: JobView) => boolean;
}

/** By ids where one is known that was drawn before, since ids grow; else by Keboola's clock. */
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
