import { activityInfo } from '@temporalio/activity';
import type { SearchRequest, Unfenced } from '../../job/create/creation.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import type { FoundJobs } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';
import { claim, claimedBy } from './claim.js';

/** Looks for the jobs that a creation has made whose answer was lost. */
export async function searchJob(deps: ActivityDeps, request: SearchRequest): Promise<SearchAnswer> {
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    const workflowRunId = activityInfo().workflowExecution?.runId ?? '';
    const seen = await jobs.findCreated(request);
    const { hits, ...found } = request.unfenced ? await onlyOwn(seen, request.unfenced) : seen;
    return {
      kind: 'searched',
      hits: hits.map((view) => ({ view, url: jobs.jobUrl(view.jobId) })),
      ...found,
      workflowRunId,
    };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** Of jobs that may be of this creation: the one that is claimed for it, or those that nobody has claimed. */
async function onlyOwn(
  { hits: alike, ...found }: FoundJobs,
  unfenced: Unfenced,
): Promise<FoundJobs & { candidates?: string[] }> {
  const holders = await Promise.all(alike.map(({ jobId }) => claimedBy(jobId, unfenced.project)));
  const own = alike.filter((_, at) => holders[at] === unfenced.by);
  if (own.length > 0) return { ...found, hits: own };
  const free = alike.filter((_, at) => holders[at] === undefined);
  const [only, ...others] = free;
  if (!only) return { ...found, hits: [] };
  if (others.length === 0 && unfenced.claim) {
    return { ...found, hits: (await claim(only.jobId, unfenced)) ? [only] : [] };
  }
  return { ...found, hits: [], candidates: free.map(({ jobId }) => jobId) };
}
