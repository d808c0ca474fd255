import { JOB_ID } from '../../../job/job-id.js';
import { isOurs, type SearchRequest } from '../../../job/create/creation.js';
import type { JobView } from '../../../job/job-view.js';
import { isBelow } from '../../../job/run-id.js';
import type { FoundJobs } from '../../jobs/job-api.js';
import { hasPassed } from './has-passed.js';
import { showsFence } from '../fence-variable.js';
import type { JobLists } from './job-lists.js';
import type { Pages } from './pages.js';
import { reachOf } from './reach.js';
import { childrenQuery, filterByConfig, searchQuery } from './search-query.js';
import { toSentRow, viewOf, type SentRow } from './sent.js';

const HITS_MAX = 20;

/**
 * Looks for the jobs that a creation has made, by two witnesses: the primary store, which shows a job at once and may not be
 * served, and the index, which lags. No filter is believed: each row's parent is compared here. Filters only make the
 * answers shorter; the last list is asked for without any that could hide a job of ours, such as its parent, or its token,
 * which may have been renewed.
 *
 * That nothing is shown counts once the index has been seen to pass the time of the creation.
 *
 * @param keepsVariables whether a fence that travels as a variable is known to be kept.
 */
export async function findCreated(
  lists: JobLists,
  request: SearchRequest,
  keepsVariables?: boolean,
): Promise<FoundJobs> {
  const stored = (await readStored(lists, request))?.views ?? [];
  const early = oursOf(stored, request);
  if (early.length > 0) return { hits: early, trustworthy: true };
  // Before the search: what it shows then, the search shows, too.
  const passed = await hasPassed(lists, request);
  const { views, isWhole } = await searchIndex(lists, request);
  const hits = oursOf(views, request);
  if (hits.length > 0) return { hits, trustworthy: true };
  const proven = [...views, ...stored].some(({ runId }) => isBelow(runId, request.runId));
  // A fence that may have been dropped on its way says nothing by not being there.
  const isCertain = passed && (!request.fencedByVariable || keepsVariables === true);
  const absence = isCertain ? 'certain' : 'unproved';
  return { hits, trustworthy: isWhole, absence, ...(proven && { proven }) };
}

function oursOf(rows: readonly SentRow[], request: SearchRequest): JobView[] {
  return rows
    .filter((row) => isOurs(row, request) || (request.fencedByVariable && showsOurs(row, request)))
    .slice(0, HITS_MAX)
    .map(viewOf);
}

function showsOurs({ jobId, component, sent }: SentRow, request: SearchRequest): boolean {
  return JOB_ID.test(jobId) && component === request.component && showsFence(sent.variableValuesData, request.runId);
}

/** A job that is fenced by a variable may lie anywhere. */
async function readStored(lists: JobLists, request: SearchRequest): Promise<Pages<SentRow> | undefined> {
  const { component, fencedByVariable, runId } = request;
  if (!fencedByVariable || component === undefined) return await lists.allStored(childrenQuery(runId), toSentRow);
  return await lists.allStored(componentQuery(component), toSentRow, reachOf(request));
}

async function searchIndex(lists: JobLists, request: SearchRequest): Promise<Pages<SentRow>> {
  const isEnough = (rows: readonly SentRow[]): boolean => oursOf(rows, request).length > 0;
  const below = await lists.searchAll(childrenQuery(request.runId), toSentRow, { isEnough });
  if (isEnough(below.views) || request.component === undefined) return below;
  const { isPast } = reachOf(request);
  const since = await lists.searchAll(componentQuery(request.component), toSentRow, { isEnough, isPast });
  return { views: [...below.views, ...since.views], isWhole: since.isWhole };
}

/** By what the index surely filters by, and only by what it is surely right to filter by: by no time of a clock that may be wrong. */
function componentQuery(component: string): URLSearchParams {
  const query = searchQuery({});
  filterByConfig(query, { component });
  return query;
}
