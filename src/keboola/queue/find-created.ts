import { isOurs, type SearchRequest } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import type { FoundJobs } from '../jobs/job-api.js';
import type { JobLists, Rows } from './job-lists.js';
import { childrenQuery, PAGE_MAX, searchQuery } from './search-query.js';

const HITS_MAX = 20;
const PAGES_MAX = 10;
const MINUTE_MS = 60_000;
/** A creation may have been sent again for as long as this, and two clocks may differ. */
const SENT_BEFORE_MS_MAX = 60 * MINUTE_MS;
/** A POST may be at work for 90 s on their side, and two clocks may differ: a job that is newer by this came surely later. */
const SURELY_LATER_MS = 2 * MINUTE_MS;

/**
 * Looks for the jobs that a creation has made, by two witnesses: the primary store, which shows a job at once and may not be
 * served, and the index, which lags. No filter is believed: each row's parent is compared here. Filters only make the
 * answers shorter, and none is used that could hide a job of ours, such as its token, which may have been renewed.
 *
 * That nothing is shown counts once a witness has surely seen the time of the creation: the primary store always has, the
 * index when it shows a job of the project that was made later.
 */
export async function findCreated(lists: JobLists, request: SearchRequest): Promise<FoundJobs> {
  // Before the search: what it shows then, the search shows, too.
  const indexHasPassed = await hasPassed(lists, request);
  const indexed = await searchIndex(lists, request);
  const hits = oursOf(indexed, request);
  if (hits.length > 0) return { hits, trustworthy: true };
  const stored = await lists.fromPrimaryStore(childrenQuery(request.runId, PAGE_MAX));
  const found = oursOf(stored?.views ?? [], request);
  const proven = [...indexed, ...(stored?.views ?? [])].some(({ runId }) => isBelow(runId, request.runId));
  const absence = isWhole(stored) || indexHasPassed ? 'certain' : 'unproved';
  return { hits: found, trustworthy: true, absence, ...(proven && { proven }) };
}

/** A store that does not obey the filter fills its page with jobs of others. */
function isWhole(stored: Rows | undefined): boolean {
  return stored !== undefined && stored.count < PAGE_MAX;
}

function oursOf(views: readonly JobView[], request: SearchRequest): JobView[] {
  return views.filter((view) => isOurs(view, request)).slice(0, HITS_MAX);
}

async function hasPassed(lists: JobLists, { sentMs }: SearchRequest): Promise<boolean> {
  if (sentMs === undefined) return false;
  const { views } = await lists.search(searchQuery({ limit: 1 }));
  return views.some(({ createdTime = '' }) => Date.parse(createdTime) >= sentMs + SURELY_LATER_MS);
}

async function searchIndex(lists: JobLists, request: SearchRequest): Promise<JobView[]> {
  const views: JobView[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const rows = await lists.search(indexQuery(request, page * PAGE_MAX));
    views.push(...rows.views);
    if (rows.count < PAGE_MAX || oursOf(rows.views, request).length > 0) break;
  }
  return views;
}

/** By what the index surely filters by, and only by what it is surely right to filter by. */
function indexQuery({ component, sentMs, runId }: SearchRequest, offset: number): URLSearchParams {
  if (component === undefined || sentMs === undefined) return childrenQuery(runId, PAGE_MAX, offset);
  const query = searchQuery({ limit: PAGE_MAX, offset });
  query.append('componentId[]', component);
  query.set('createdTimeFrom', new Date(sentMs - SENT_BEFORE_MS_MAX).toISOString());
  return query;
}
