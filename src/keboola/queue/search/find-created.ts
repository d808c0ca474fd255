import { isOurs, type SearchRequest } from '../../../job/create/creation.js';
import type { JobView } from '../../../job/job-view.js';
import { isBelow } from '../../../job/run-id.js';
import type { FoundJobs } from '../../jobs/job-api.js';
import { hasPassed } from './has-passed.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { childrenQuery, searchQuery } from './search-query.js';

const HITS_MAX = 20;
const MINUTE_MS = 60_000;
/** Two clocks may differ. */
const SKEW_MS = 30 * MINUTE_MS;

/**
 * Looks for the jobs that a creation has made, by two witnesses: the primary store, which shows a job at once and may not be
 * served, and the index, which lags. No filter is believed: each row's parent is compared here. Filters only make the
 * answers shorter; the last list is asked for without any that could hide a job of ours, such as its parent, or its token,
 * which may have been renewed.
 *
 * That nothing is shown counts once the index has been seen to pass the time of the creation.
 */
export async function findCreated(lists: JobLists, request: SearchRequest): Promise<FoundJobs> {
  const stored = (await lists.allStored(childrenQuery(request.runId), toQueueJobRow))?.views ?? [];
  const early = oursOf(stored, request);
  if (early.length > 0) return { hits: early, trustworthy: true };
  // Before the search: what it shows then, the search shows, too.
  const absence = (await hasPassed(lists, request)) ? 'certain' : 'unproved';
  const { views, isWhole } = await searchIndex(lists, request);
  const hits = oursOf(views, request);
  if (hits.length > 0) return { hits, trustworthy: true };
  const proven = [...views, ...stored].some(({ runId }) => isBelow(runId, request.runId));
  return { hits, trustworthy: isWhole, absence, ...(proven && { proven }) };
}

function oursOf(views: readonly JobView[], request: SearchRequest): JobView[] {
  return views.filter((view) => isOurs(view, request)).slice(0, HITS_MAX);
}

async function searchIndex(
  lists: JobLists,
  request: SearchRequest,
): Promise<{ views: readonly JobView[]; isWhole: boolean }> {
  const showsOurs = (views: readonly JobView[]): boolean => oursOf(views, request).length > 0;
  const below = await lists.searchAll(childrenQuery(request.runId), showsOurs, toQueueJobRow);
  if (showsOurs(below.views) || request.component === undefined) return below;
  const since = await lists.searchAll(sinceQuery(request, request.component), showsOurs, toQueueJobRow);
  return { views: [...below.views, ...since.views], isWhole: since.isWhole };
}

/** By what the index surely filters by, and only by what it is surely right to filter by. */
function sinceQuery({ sentSinceMs }: SearchRequest, component: string): URLSearchParams {
  const query = searchQuery({});
  query.append('componentId[]', component);
  query.set('createdTimeFrom', new Date(sentSinceMs - SKEW_MS).toISOString());
  return query;
}
