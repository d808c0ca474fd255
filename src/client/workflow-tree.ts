import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { describeWorkflow, listWorkflows } from '../temporal/look.js';
import { rowOf, type JobRow, type WorkflowFacts } from './list-jobs.js';
import { RunChain } from './handles/run-chain.js';
import { quoted } from '../temporal/quoted.js';

/** A workflow and its descendants, as Temporal's lists show them. */
export interface WorkflowTree extends JobRow {
  /** Oldest first. */
  children: WorkflowTree[];
  /** There are more workflows than the 10,000 that were read. */
  truncated?: true;
}

/** More workflows than a person would look through; a hundred pages. */
const LISTED_MAX = 10_000;
const PAGE_SIZE = 100;

/**
 * Reads the tree below a workflow, running or closed. Temporal's lists lag by a moment.
 *
 * @param runId any run of the workflow; default the last one.
 * @throws NoSuchJobError.
 */
export async function readWorkflowTree(client: Client, workflowId: string, runId?: string): Promise<WorkflowTree> {
  const { description: top } = await new RunChain(client, workflowId, runId).latest();
  const query = await queryBelow(client, top);
  const found: WorkflowFacts[] = [];
  for await (const info of listWorkflows(client, query, PAGE_SIZE)) {
    if (found.length === LISTED_MAX) return { ...treeOf(top, found), truncated: true };
    found.push(info);
  }
  return treeOf(top, found);
}

/**
 * The same id may have run before and may run again, so only workflows count that started between the start and the end
 * of this execution.
 */
async function queryBelow(client: Client, top: WorkflowExecutionDescription): Promise<string> {
  const { workflowId, closeTime, rootExecution } = top;
  const firstRunId = top.raw.workflowExecutionInfo?.firstRunId ?? top.runId;
  const first = firstRunId === top.runId ? top : await describeWorkflow(client, workflowId, firstRunId);
  return [
    `RootWorkflowId = ${quoted(rootExecution?.workflowId ?? workflowId)}`,
    // A long wait is a chain of runs by continue-as-new; the last run stands for the whole chain.
    'ExecutionStatus != "ContinuedAsNew"',
    `StartTime >= ${quoted(first.startTime.toISOString())}`,
    ...(closeTime ? [`StartTime <= ${quoted(closeTime.toISOString())}`] : []),
  ].join(' AND ');
}

function treeOf(top: WorkflowFacts, found: readonly WorkflowFacts[]): WorkflowTree {
  const byParent = new Map<string, WorkflowFacts[]>();
  for (const info of found) {
    const parent = info.parentExecution?.workflowId ?? '';
    if (parent !== '') byParent.set(parent, [...(byParent.get(parent) ?? []), info]);
  }
  return nodeOf(top, byParent);
}

/** Recurses as deep as the tree; the limit on Temporal's ids bounds that. */
function nodeOf(info: WorkflowFacts, byParent: ReadonlyMap<string, WorkflowFacts[]>): WorkflowTree {
  const children = [...(byParent.get(info.workflowId) ?? [])].sort(
    (a, b) => a.startTime.getTime() - b.startTime.getTime() || (a.workflowId < b.workflowId ? -1 : 1),
  );
  return { ...rowOf(info), children: children.map((child) => nodeOf(child, byParent)) };
}
