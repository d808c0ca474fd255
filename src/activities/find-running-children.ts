import { activityInfo, getClient } from '@temporalio/activity';
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { listWorkflows } from '../temporal/look.js';
import { quoted } from '../temporal/quoted.js';
import { isOurs } from './our-children.js';

/** More than a pipeline has open. */
const LISTED_MAX = 1_000;

/**
 * Finds what runs of that which the workflow that asks has started, in whatever run. Temporal's list lags by a moment.
 *
 * @param firstRunId of the workflow that asks.
 * @returns workflow ids, at most 1,000.
 */
export async function findRunningChildren(firstRunId: string): Promise<string[]> {
  const client = getClient();
  const parent = activityInfo().workflowExecution?.workflowId ?? '';
  const query = `ParentWorkflowId = ${quoted(parent)} AND ExecutionStatus = "Running"`;
  const listed: WorkflowExecutionInfo[] = [];
  for await (const info of listWorkflows(client, query, LISTED_MAX)) {
    listed.push(info);
    if (listed.length === LISTED_MAX) break;
  }
  // They have a handful of parents between them: the runs that were given up.
  const ours = new Map<string, Promise<boolean>>();
  const startedByUs = ({ parentExecution }: WorkflowExecutionInfo): Promise<boolean> => {
    const runId = parentExecution?.runId ?? '';
    const known = ours.get(runId) ?? isOurs(client, parentExecution, firstRunId);
    ours.set(runId, known);
    return known;
  };
  const checked = await Promise.all(listed.map(async (info) => ((await startedByUs(info)) ? [info.workflowId] : [])));
  return checked.flat();
}
