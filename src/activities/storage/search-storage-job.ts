import { activityInfo, getClient } from '@temporalio/activity';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { describeWorkflow } from '../../temporal/look.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import type { Since } from '../../job/create/stamped-since.js';
import type { StorageSearchRequest } from '../../job/storage/remote-steps.js';

/** Our clock and Keboola's need not agree, and an answer need not tell the time. */
const MARGIN_MS = 3_600_000;

/** Looks for the job that a Storage call has created, among jobs younger than the workflow that sent the call. */
export async function searchStorageJob(deps: ActivityDeps, request: StorageSearchRequest): Promise<SearchAnswer> {
  const { runId, sinceRun } = request;
  try {
    const { storage } = await keboolaOf(deps, request);
    const { hits, trustworthy, proven } = await storage.findByRunId(runId, await startOf(sinceRun));
    return {
      kind: 'searched',
      hits: hits.map((view) => ({ view, url: storage.jobUrl(view.jobId) })),
      trustworthy,
      ...(proven && { proven }),
      workflowRunId: activityInfo().workflowExecution?.runId ?? '',
    };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** @returns undefined if Temporal has forgotten the run: then the search looks at all jobs. */
async function startOf(runId: string): Promise<Since | undefined> {
  const { workflowExecution, currentAttemptScheduledTimestampMs: askedAtMs } = activityInfo();
  const workflowId = workflowExecution?.workflowId ?? '';
  try {
    const { startTime } = await describeWorkflow(getClient(), workflowId, runId);
    return { sinceMs: startTime.getTime() - MARGIN_MS, askedAtMs };
  } catch {
    return undefined;
  }
}
