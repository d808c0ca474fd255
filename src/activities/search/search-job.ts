import { activityInfo } from '@temporalio/activity';
import type { SearchRequest, Unfenced } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import type { FoundJobs, JobApi } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import { claim, claimedBy } from '../create/claim.js';

/** How many jobs are named at most if each may be the one. */
const CANDIDATES_MAX = 20;
const ASKED_AT_ONCE_MAX = 20;

/** Looks for the jobs of a creation whose answer was lost. */
export async function searchJob(deps: ActivityDeps, request: SearchRequest): Promise<SearchAnswer> {
  try {
    const jobs = await (await keboolaOf(deps, request)).jobs();
    const { workflowExecution, currentAttemptScheduledTimestampMs: askedAtMs } = activityInfo();
    const asked = { ...request, askedAtMs };
    const seen = await jobs.findCreated(asked);
    const { hits, areFenced, ...found } = request.unfenced
      ? await onlyOwn(seen, request.unfenced)
      : await withFormer(jobs, seen, asked);
    return {
      kind: 'searched',
      hits: hits.map((view) => ({ view, url: jobs.jobUrl(view.jobId) })),
      ...found,
      workflowRunId: workflowExecution?.runId ?? '',
    };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/**
 * The run before a reset may have fenced the creation in another way; a job whose answer it received is claimed. No job
 * exists only if neither search shows one and both could have shown it.
 */
async function withFormer(
  jobs: JobApi,
  seen: FoundJobs,
  { formerly, ...request }: SearchRequest,
): Promise<FoundJobs & { candidates?: string[] }> {
  const { component = '' } = request;
  if (seen.hits.length > 0 || !formerly || jobs.fences({ component }).length === 1) return seen;
  const former = await jobs.findCreated({ ...request, unfenced: formerly });
  const { hits, unlike = [] } = former;
  return {
    ...seen,
    hits: former.areFenced ? hits : await heldBy(formerly.by, [...hits, ...unlike], formerly),
    trustworthy: seen.trustworthy && former.trustworthy,
    ...(former.absence === 'unproved' && { absence: 'unproved' }),
    ...(former.proven && { proven: true }),
  };
}

/** Of the jobs that may belong to this creation: the one that it has claimed, or those that no creation has claimed. */
async function onlyOwn(
  { hits: alike, unlike = [], ...found }: FoundJobs,
  unfenced: Unfenced,
): Promise<FoundJobs & { candidates?: string[] }> {
  if (found.areFenced) return { ...found, hits: alike };
  const own = await heldBy(unfenced.by, [...alike, ...unlike], unfenced);
  if (own.length > 0) return { ...found, hits: own };
  const free = await heldBy(undefined, alike, unfenced);
  const [only, ...others] = free;
  if (only && others.length === 0 && only.jobId === unfenced.claim) {
    return { ...found, hits: (await claim(only.jobId, unfenced)) ? [only] : [] };
  }
  if (only) return { ...found, hits: [], candidates: free.slice(0, CANDIDATES_MAX).map(({ jobId }) => jobId) };
  const doubtful = await heldBy(undefined, unlike, unfenced);
  return { ...found, hits: [], ...(doubtful.length > 0 && { absence: 'unproved' }) };
}

async function heldBy(
  holder: string | undefined,
  views: readonly JobView[],
  { project }: Unfenced,
): Promise<JobView[]> {
  const held: JobView[] = [];
  for (let at = 0; at < views.length; at += ASKED_AT_ONCE_MAX) {
    const part = views.slice(at, at + ASKED_AT_ONCE_MAX);
    const claimants = await Promise.all(part.map(({ jobId }) => claimedBy(jobId, project)));
    held.push(...part.filter((_, index) => claimants[index] === holder));
  }
  return held;
}
