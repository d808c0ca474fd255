import type { Client } from '@temporalio/client';
import { readWorkflowTree } from '../../../src/client/workflow-tree.js';
import { flat } from '../../support/job-trees.js';

/** What was started by a workflow although it knew that it was cancelled, over all workflows of a tree. */
export async function lateStarts(client: Client, workflowId: string): Promise<string[]> {
  const workflows = flat(await readWorkflowTree(client, workflowId));
  return (await Promise.all(workflows.map((one) => lateStartsOf(client, one.workflowId)))).flat();
}

async function lateStartsOf(client: Client, workflowId: string): Promise<string[]> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  const all = events ?? [];
  const asked = all.findIndex((event) => event.workflowExecutionCancelRequestedEventAttributes);
  if (asked < 0) return [];
  // A task that was under way when the wish came has not seen it; whatever comes after the next one has.
  const seen = all.findIndex((event, at) => at > asked && event.workflowTaskStartedEventAttributes);
  return all.slice(seen < 0 ? all.length : seen).flatMap((event) => {
    const activity = event.activityTaskScheduledEventAttributes?.activityType?.name;
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name;
    const started = activity === 'createJob' ? activity : child === 'waitForJob' ? undefined : child;
    return started ? [`${workflowId}: ${started}`] : [];
  });
}
