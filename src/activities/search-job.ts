import { activityInfo } from '@temporalio/activity';
import { isOurs, type SearchOrder } from '../job/creation.js';
import type { JobView } from '../job/job-view.js';
import type { SearchAnswer } from '../job/run-plan.js';
import type { JobApi } from '../keboola/job-api.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';

const HITS_MAX = 20;
/** Directly below a run id that was sent once lies one job, two where something on the way has doubled the request. */
const PAGE = 100;
const LOOKED_AT_MAX = 1_000;

/**
 * Looks for the jobs that a creation has made.
 *
 * The list is an index that lags, and that answers an empty list when it is ill; so an empty answer is trusted only if
 * some other job of the project shows at the same time, and nothing at all below the run id: whatever lies there has been
 * spawned by the job, even where that one is not shown.
 */
export async function searchJob(deps: ActivityDeps, order: SearchOrder): Promise<SearchAnswer> {
  try {
    const jobs = await deps.connections.get(order.connection).jobs();
    const workflowRunId = activityInfo().workflowExecution?.runId ?? '';
    const { ours, sawAny } = await lookDirectlyBelow(jobs, order);
    const hits = ours.map((view) => ({ view, url: jobs.jobUrl(view.jobId) }));
    if (hits.length > 0) return { kind: 'searched', hits, trustworthy: true, workflowRunId };
    const proven = sawAny || (await jobs.list({ belowRunId: order.runId, limit: 1 })).showsAny;
    if (proven) return { kind: 'searched', hits, trustworthy: false, proven, workflowRunId };
    const { showsAny } = await jobs.list({ limit: 1 });
    return { kind: 'searched', hits, trustworthy: showsAny, workflowRunId };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** A full page is no empty answer: what was asked for may be on the next one. */
async function lookDirectlyBelow(jobs: JobApi, order: SearchOrder): Promise<{ ours: JobView[]; sawAny: boolean }> {
  let sawAny = false;
  for (let offset = 0; offset < LOOKED_AT_MAX; offset += PAGE) {
    const page = await jobs.list({ directlyBelowRunId: order.runId, limit: PAGE, offset });
    const ours = page.jobs.filter((view) => isOurs(view, order)).slice(0, HITS_MAX);
    sawAny ||= page.showsAny;
    if (ours.length > 0 || page.isWhole) return { ours, sawAny };
  }
  return { ours: [], sawAny };
}
