import { activityInfo } from '@temporalio/activity';
import { isOurs, type SearchOrder } from '../job/creation.js';
import type { SearchAnswer } from '../job/run-plan.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';

const HITS_MAX = 20;
/** Below the run id lie the job and its children, and the children come first: a tree of this many is looked through. */
const BELOW_MAX = 100;

/**
 * Looks for the jobs that a creation has made. The list is an index that lags, and that answers an empty list when it
 * is ill; so an empty answer is trusted only if some other job of the project shows at the same time.
 */
export async function searchJob(deps: ActivityDeps, order: SearchOrder): Promise<SearchAnswer> {
  try {
    const jobs = await deps.connections.get(order.connection).jobs();
    const below = await jobs.list({ belowRunId: order.runId, limit: BELOW_MAX });
    const ours = below.filter((view) => isOurs(view, order)).slice(0, HITS_MAX);
    const hits = ours.map((view) => ({ view, url: jobs.jobUrl(view.jobId) }));
    const trustworthy = hits.length > 0 || (await jobs.list({ limit: 1 })).length > 0;
    const workflowRunId = activityInfo().workflowExecution?.runId ?? '';
    return { kind: 'searched', hits, trustworthy, workflowRunId };
  } catch (error) {
    return toNoAnswer(error);
  }
}
