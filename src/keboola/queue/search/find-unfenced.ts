import { compareJobIds, JOB_ID } from '../../../job/job-id.js';
import type { SearchRequest, Unfenced } from '../../../job/create/creation.js';
import { inMainBranch, isForMainBranch, isLike } from '../../../job/create/likeness.js';
import type { JobView } from '../../../job/job-view.js';
import { parentRunId } from '../../../job/run-id.js';
import type { FoundJobs } from '../../jobs/job-api.js';
import { showsOtherFence } from '../fence-variable.js';
import { findCreated } from './find-created.js';
import { hasPassed } from './has-passed.js';
import type { JobLists } from './job-lists.js';
import { reachOf } from './reach.js';
import { filterByConfig, searchQuery } from './search-query.js';
import { toSentRow, viewOf, type SentRow } from './sent.js';

/** Each of these is checked for another workflow's claim to it. */
const JOBS_MAX = 200;

/** What we need to know about the project besides its jobs. */
interface Project {
  /** Returns the id of the main branch, or undefined if it is unknown. */
  mainBranch: () => Promise<string | undefined>;
  /** The id of the token that we use now. */
  ownToken: string | undefined;
}

/**
 * Looks for jobs that may come from a creation without a fence: same component and configuration, created after it was
 * sent, and with the same contents. Others may have created the same, so each hit is only possibly ours. An unlike job
 * may still be ours, if the server writes the same contents differently; it keeps "there is none" from being certain.
 */
export async function findUnfenced(
  lists: JobLists,
  request: SearchRequest,
  unfenced: Unfenced,
  { mainBranch, ownToken }: Project,
): Promise<FoundJobs> {
  // Without `afterId`, a run before a workflow reset may have sent the creation, perhaps with a fence.
  const byEither: SearchRequest = { ...request, fencedByVariable: true };
  const fenced = unfenced.afterId === undefined ? await findCreated(lists, byEither) : undefined;
  if (fenced && (fenced.hits.length > 0 || fenced.proven)) return { ...fenced, areFenced: true };
  const query = likeQuery(request);
  const passed = await hasPassed(lists, request);
  const reach = reachOf(request);
  const stored = await lists.allStored(query, toSentRow, reach);
  const indexed = await lists.searchAll(query, toSentRow, reach);
  const all = new Map([...(stored?.views ?? []), ...indexed.views].map((row) => [row.jobId, row]));
  const ofItsTime = [...all.values()].filter((row) => reach.holds(row) && isEarly(row, request));
  const ofConfig = ofItsTime.filter((row) => isOfSameConfig(row, request, unfenced)).sort(byAge);
  const main = isForMainBranch(unfenced.likeness) && ofConfig.some(showsBranch) ? await mainBranch() : undefined;
  // A job is only in another branch if its creation asked for that.
  const inQuestion = ofConfig.filter((row) => main === undefined || !showsBranch(row) || row.sent.branchId === main);
  const wanted = main === undefined ? unfenced.likeness : inMainBranch(unfenced.likeness, main);
  const isAlike = (row: SentRow): boolean => isOfToken(row, unfenced, ownToken) && isLike(row.sent, wanted);
  const isWhole = stored?.isWhole === true || (indexed.isWhole && passed);
  return {
    hits: inQuestion.filter(isAlike).slice(0, JOBS_MAX).map(viewOf),
    unlike: inQuestion
      .filter((row) => !isAlike(row))
      .slice(0, JOBS_MAX)
      .map(viewOf),
    trustworthy: indexed.isWhole && inQuestion.length <= JOBS_MAX,
    absence: passed ? 'certain' : 'unproved',
    ...(isWhole && { isWhole }),
  };
}

function isOfSameConfig(row: SentRow, request: SearchRequest, unfenced: Unfenced): boolean {
  const { component, config } = request;
  if (!JOB_ID.test(row.jobId) || parentRunId(row.runId) !== unfenced.parentRunId) return false;
  if (showsOtherFence(row.sent.variableValuesData, request.runId)) return false;
  return row.component === component && row.config === config;
}

/** Ids grow, so the job's id is below one that was drawn after the creation was over. */
function isEarly({ jobId }: SentRow, { laterId }: SearchRequest): boolean {
  return laterId === undefined || compareJobIds(jobId, laterId) < 0;
}

function showsBranch({ sent }: SentRow): boolean {
  return sent.branchId !== undefined;
}

/** If a worker was lost while it sent, nobody knows its token, since tokens are replaced while workflows run. */
function isOfToken({ tokenId }: SentRow, { sentBy, drawnBy }: Unfenced, ownToken: string | undefined): boolean {
  if (tokenId === undefined || tokenId === sentBy) return true;
  if (sentBy !== undefined) return false;
  return drawnBy === undefined || tokenId === drawnBy || tokenId === ownToken;
}

function byAge(a: JobView, b: JobView): number {
  return compareJobIds(a.jobId, b.jobId);
}

function likeQuery({ component, config }: SearchRequest): URLSearchParams {
  const query = searchQuery({});
  filterByConfig(query, { component, config });
  return query;
}
