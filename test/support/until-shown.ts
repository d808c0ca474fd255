import type { Client, WorkflowHandle } from '@temporalio/client';
import { expect } from 'vitest';
import { eventually } from './eventually.js';

/**
 * Until Temporal's lists, which lag, show this of each of these workflows. Others of the same task queue do not count: those of
 * tests before may be listed yet.
 *
 * @param what a filter. Default: that they have a job.
 */
export async function untilShown(
  client: Client,
  workflows: readonly Pick<WorkflowHandle, 'workflowId'>[],
  what = 'KeboolaJobId IS NOT NULL',
): Promise<void> {
  const ids = workflows.map(({ workflowId }) => `"${workflowId}"`).join(', ');
  const query = `WorkflowId IN (${ids}) AND ${what}`;
  await eventually(async () => expect((await client.workflow.count(query)).count).toBe(workflows.length));
}
