import { activityInfo } from '@temporalio/activity';
import type { SearchRequest } from '../../job/create/creation.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

/** Looks for the jobs that a creation has made whose answer was lost. */
export async function searchJob(deps: ActivityDeps, request: SearchRequest): Promise<SearchAnswer> {
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    const workflowRunId = activityInfo().workflowExecution?.runId ?? '';
    const { hits, ...found } = await jobs.findCreated(request);
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
