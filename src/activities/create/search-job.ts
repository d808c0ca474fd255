import { activityInfo } from '@temporalio/activity';
import { isOurs, type SearchRequest } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { isBelow } from '../../job/run-id.js';
import type { JobApi, JobList } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

const HITS_MAX = 20;
/** Directly below a run id that was sent once lies one job, two where something on the way has doubled the request. */
const PAGE = 100;
const LOOKED_AT_MAX = 1_000;

/**
 * Looks for the jobs that a creation has made.
 *
 * The list is an index that lags, and that answers an empty list when it is ill; so an empty answer is trusted only if
 * some other job of the project shows at the same time, and nothing at all below the run id: whatever lies there has been
 * spawned by the job, even where that one is not shown. What does not lie there proves nothing, and spoils the answer.
 */
export async function searchJob(deps: ActivityDeps, request: SearchRequest): Promise<SearchAnswer> {
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    const workflowRunId = activityInfo().workflowExecution?.runId ?? '';
    const { ours, shown } = await lookDirectlyBelow(jobs, request);
    const hits = ours.map((view) => ({ view, url: jobs.jobUrl(view.jobId) }));
    if (hits.length > 0) return { kind: 'searched', hits, trustworthy: true, workflowRunId };
    const below = shown === 'nothing' ? whatIsShown(await anyBelow(jobs, request), request) : shown;
    if (below === 'jobs below') return { kind: 'searched', hits, trustworthy: false, proven: true, workflowRunId };
    if (below === 'something else') return { kind: 'searched', hits, trustworthy: false, workflowRunId };
    const { showsAny } = await jobs.list({ limit: 1 });
    return { kind: 'searched', hits, trustworthy: showsAny, workflowRunId };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** What an answer shows that was asked for what lies below a run id. An index that is ill may show jobs of others. */
type Shown = 'nothing' | 'jobs below' | 'something else';

function whatIsShown({ jobs, showsAny }: JobList, { runId }: SearchRequest): Shown {
  if (jobs.some((view) => isBelow(view.runId, runId))) return 'jobs below';
  return showsAny ? 'something else' : 'nothing';
}

function anyBelow(jobs: JobApi, { runId }: SearchRequest): Promise<JobList> {
  return jobs.list({ belowRunId: runId, limit: 1 });
}

/** A full page is no empty answer: what was asked for may be on the next one. */
async function lookDirectlyBelow(jobs: JobApi, request: SearchRequest): Promise<{ ours: JobView[]; shown: Shown }> {
  let shown: Shown = 'nothing';
  for (let offset = 0; offset < LOOKED_AT_MAX; offset += PAGE) {
    const page = await jobs.list({ directlyBelowRunId: request.runId, limit: PAGE, offset });
    const ours = page.jobs.filter((view) => isOurs(view, request)).slice(0, HITS_MAX);
    const here = whatIsShown(page, request);
    if (here === 'jobs below' || shown === 'nothing') shown = here;
    if (ours.length > 0 || page.isWhole) return { ours, shown };
  }
  return { ours: [], shown };
}
