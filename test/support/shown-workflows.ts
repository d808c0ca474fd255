import { defineSearchAttributeKey, SearchAttributeType, type Duration } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import type { SharedDevServer } from './dev-server.js';
import { untilShown } from './until-shown.js';
import { REQUEST } from './watch-activity.js';

/** What a workflow shows in Temporal's lists. */
interface Shown {
  jobId: string;
  runId?: string;
  status?: string;
  /** When it times out. Default: never. */
  timeout?: Duration;
}

/** Workflows of a project in a task queue that no worker serves: they show what they are started with, and nothing else comes of them. */
export async function startShown(
  { client, unique }: Pick<SharedDevServer, 'client' | 'unique'>,
  { taskQueue, workflowType, jobs }: { taskQueue: string; workflowType: string; jobs: readonly Shown[] },
): Promise<WorkflowHandle[]> {
  const start = ({ jobId, runId, status, timeout }: Shown): Promise<WorkflowHandle> =>
    client.workflow.start(workflowType, {
      taskQueue,
      workflowId: unique(workflowType),
      args: [],
      ...(timeout !== undefined && { workflowRunTimeout: timeout }),
      typedSearchAttributes: Object.entries({
        KeboolaProject: REQUEST.project,
        KeboolaJobId: jobId,
        KeboolaRunId: runId,
        KeboolaStatus: status,
      }).flatMap(([name, value]) =>
        value === undefined ? [] : [{ key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value }],
      ),
    });
  const handles = await Promise.all(jobs.map(start));
  await untilShown(client, handles);
  return handles;
}
