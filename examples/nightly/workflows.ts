import {
  ChildWorkflowFailure,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import { runJob, runPipeline } from 'keboola-temporal/workflows';
import type * as activities from './activities.js';

// The worker knows the workflows that this file exports: those of Keboola, and yours.
export * from 'keboola-temporal/workflows';

const { listSources, announce } = proxyActivities<typeof activities>({
  startToCloseTimeout: '1 minute',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});

// Temporal's default would terminate a child that outlives its parent, and a terminated one cannot stop its job.
const parentClosePolicy = ParentClosePolicy.REQUEST_CANCEL;

export interface Night {
  sources: number;
  rootRunId: string;
  transformation: string;
}

/** What to extract is decided by an activity of yours, Keboola does the work, and another activity tells how it went. */
export async function nightly(day: string): Promise<Night> {
  const { workflowId } = workflowInfo();
  try {
    const sources = await listSources(day);
    const tasks = sources.map((job) => ({ job, retry: { attempts: 2, on: ['application' as const] } }));
    const extracted = await executeChild(runPipeline, {
      workflowId: `${workflowId}/extract`,
      parentClosePolicy,
      args: [{ name: 'extract', phases: [{ name: 'all sources', tasks }] }],
    });
    const transformed = await executeChild(runJob, {
      workflowId: `${workflowId}/transform`,
      parentClosePolicy,
      args: [
        {
          component: 'keboola.snowflake-transformation',
          config: 'success',
          parentRunId: extracted.rootRunId,
          onTerminated: 'fail',
        },
      ],
    });
    await announce(`${day}: ${sources.length} sources loaded, transformed by job ${transformed.jobId}.`);
    return { sources: sources.length, rootRunId: extracted.rootRunId, transformation: transformed.jobId };
  } catch (error) {
    if (error instanceof ChildWorkflowFailure) await announce(`${day}: failed. ${error.cause?.message ?? ''}`);
    throw error;
  }
}
