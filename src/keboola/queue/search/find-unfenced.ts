import { compareJobIds, JOB_ID } from '../../../job/job-id.js';
import type { SearchRequest, Unfenced } from '../../../job/create/creation.js';
import { isLike } from '../../../job/create/likeness.js';
import { parentRunId } from '../../../job/run-id.js';
import type { FoundJobs } from '../../jobs/job-api.js';
import { hasPassed } from './has-passed.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';
import { toSentRow, type SentRow } from './sent.js';

const MINUTE_MS = 60_000;
/** Two clocks may differ, and one that is behind by more would hide a job; where ids tell what came before, there is room. */
const SKEW_MS = { byId: 30 * MINUTE_MS, byTime: MINUTE_MS };
const HITS_MAX = 20;

/**
 * Looks for jobs that may be of a creation which carried nothing of ours: of the same component and configuration, from a time
 * after it was sent, and made of the same. Others may have made the same, so each hit is only perhaps ours.
 */
export async function findUnfenced(lists: JobLists, request: SearchRequest, unfenced: Unfenced): Promise<FoundJobs> {
  const query = likeQuery(request, unfenced.afterId === undefined ? SKEW_MS.byTime : SKEW_MS.byId);
  const passed = await hasPassed(lists, request);
  const stored = await lists.allStored(query, toSentRow);
  const indexed = await lists.searchAll(query, () => false, toSentRow);
  const all = new Map([...(stored?.views ?? []), ...indexed.views].map((row) => [row.jobId, row]));
  const hits = [...all.values()].filter((row) => isCandidate(row, request, unfenced)).slice(0, HITS_MAX);
  const isWhole = stored?.isWhole === true || (indexed.isWhole && passed);
  return {
    hits: hits.map(({ sent, tokenId: _whose, ...view }) => view),
    trustworthy: indexed.isWhole,
    absence: passed ? 'certain' : 'unproved',
    ...(isWhole && { isWhole }),
  };
}

function isCandidate(row: SentRow, { component, config }: SearchRequest, unfenced: Unfenced): boolean {
  const { afterId, likeness, parentRunId: parent, sentBy } = unfenced;
  if (!JOB_ID.test(row.jobId) || parentRunId(row.runId) !== parent) return false;
  if (afterId !== undefined && compareJobIds(row.jobId, afterId) <= 0) return false;
  if (sentBy !== undefined && row.tokenId !== undefined && row.tokenId !== sentBy) return false;
  return row.component === component && row.config === config && isLike(row.sent, likeness);
}

function likeQuery({ component, config, sentSinceMs }: SearchRequest, skewMs: number): URLSearchParams {
  const query = searchQuery({});
  if (component !== undefined) query.append('componentId[]', component);
  if (config !== undefined) query.append('configId[]', config);
  query.set('createdTimeFrom', new Date(sentSinceMs - skewMs).toISOString());
  return query;
}
