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
 * Looks for the jobs of a creation in two places: the primary store, which shows a job at once but may be unavailable,
 * and the index, which lags. Filters only shorten the answers; we compare each row's parent here. The last list is
 * asked for without any filter that could hide a job of ours, such as its parent, or its token, which may have been
 * renewed.
 *
 * An empty result counts once the index has been seen to pass the time of the creation.
 *
 * @param keepsVariables whether Keboola is known to keep a fence variable.
 */
export async function findCreated(
  lists: JobLists,
  request: SearchRequest,
  keepsVariables?: boolean,
): Promise<FoundJobs> {
  const stored = (await readStored(lists, request))?.views ?? [];
  const early = oursOf(stored, request);
  if (early.length > 0) return { hits: early, trustworthy: true };
  // Checked before the search, so that the search shows at least as much.
  const passed = await hasPassed(lists, request);
  const { views, isWhole } = await searchIndex(lists, request);
  const hits = oursOf(views, request);
  if (hits.length > 0) return { hits, trustworthy: true };
  const proven = [...views, ...stored].some(({ runId }) => isBelow(runId, request.runId));
  // If the fence may have been dropped on its way, its absence proves nothing.
  const isCertain = passed && (!request.fencedByVariable || keepsVariables === true);
  const absence = isCertain ? 'certain' : 'unproved';
  return { hits, trustworthy: isWhole, absence, ...(proven && { proven }) };
}

function oursOf(rows: readonly SentRow[], request: SearchRequest): JobView[] {
  const ours = rows.filter((row) => isOurs(row, request) || (request.fencedByVariable && showsOurs(row, request)));
  // A job of a configuration with rows may hand its variables on to the jobs of the rows, which are a part of it.
  return ours
    .filter(({ runId }) => !ours.some((above) => isBelow(runId, above.runId)))
    .slice(0, HITS_MAX)
    .map(viewOf);
}

function showsOurs({ jobId, component, sent }: SentRow, request: SearchRequest): boolean {
  return JOB_ID.test(jobId) && component === request.component && showsFence(sent.variableValuesData, request.runId);
}

/** A job that is fenced by a variable may have any parent. */
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

/** Uses only filters that the index certainly has and that cannot mislead; no time, since clocks may be wrong. */
function componentQuery(component: string): URLSearchParams {
  const query = searchQuery({});
  filterByConfig(query, { component });
  return query;
}
