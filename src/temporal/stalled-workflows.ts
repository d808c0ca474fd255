import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { WATCHER_TYPE } from '../job/watch/watch-request.js';
import { failureMessage } from './failure-message.js';
import { listWorkflows } from './look.js';
import { quoted } from './quoted.js';

/** A workflow whose workflow task fails again and again: it neither goes on nor obeys a cancel. */
export interface StalledWorkflow {
  workflowId: string;
  /** The server refuses the search attributes it writes; it goes on by itself once they are registered as before. */
  byAttributes: boolean;
  /** The server's or the worker's own words. */
  message: string;
}

export interface StalledWorkflows {
  stalled: StalledWorkflow[];
  /** How many running workflows were looked at. */
  looked: number;
  /** How many of those run no job: they watch projects for the ends of jobs. */
  watchers: number;
  /** Whether more workflows run that were not looked at. */
  more: boolean;
}

/** Each workflow costs a call; this many take a second or two. */
const LOOKED_AT_MAX = 1_000;
const AT_A_TIME = 20;
/** A single failure is retried after some seconds, and may pass. */
const ATTEMPTS_MIN = 2;
const LATEST_EVENTS = 5;
/** `WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES` (`temporal/api/enums/v1/failed_cause.proto`). */
const BAD_SEARCH_ATTRIBUTES = 23;

/** Looks through the running workflows of a task queue, the latest first. @throws Error of the SDK. */
export async function findStalledWorkflows(client: Client, taskQueue: string): Promise<StalledWorkflows> {
  const query = `ExecutionStatus = "Running" AND TaskQueue = ${quoted(taskQueue)}`;
  const executions: temporal.api.common.v1.IWorkflowExecution[] = [];
  let more = false;
  let watchers = 0;
  for await (const { workflowId, runId, type } of listWorkflows(client, query, LOOKED_AT_MAX)) {
    more = executions.length === LOOKED_AT_MAX;
    if (more) break;
    executions.push({ workflowId, runId });
    if (type === WATCHER_TYPE) watchers += 1;
  }
  const stalled: StalledWorkflow[] = [];
  for (let from = 0; from < executions.length; from += AT_A_TIME) {
    const found = await Promise.all(executions.slice(from, from + AT_A_TIME).map((one) => findStalled(client, one)));
    stalled.push(...found.flatMap((one) => one ?? []));
  }
  return { stalled, looked: executions.length, watchers, more };
}

/** Describes one workflow, if its workflow task fails again and again. @throws Error of the SDK. */
export async function findStalled(
  client: Client,
  execution: temporal.api.common.v1.IWorkflowExecution,
): Promise<StalledWorkflow | undefined> {
  const { namespace } = client.options;
  const service = client.workflowService;
  const { pendingWorkflowTask } = await service.describeWorkflowExecution({ namespace, execution });
  if ((pendingWorkflowTask?.attempt ?? 0) < ATTEMPTS_MIN) return undefined;
  const latest = { namespace, execution, maximumPageSize: LATEST_EVENTS };
  const { history } = await service.getWorkflowExecutionHistoryReverse(latest);
  // Of several failures in a row, only the first one is a history event.
  const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes ?? undefined);
  const { cause, failure } = failed?.workflowTaskFailedEventAttributes ?? {};
  if (failed === undefined) return undefined;
  return {
    workflowId: execution.workflowId ?? '',
    byAttributes: Number(cause) === BAD_SEARCH_ATTRIBUTES,
    message: failure ? await failureMessage(client, failure) : '',
  };
}
