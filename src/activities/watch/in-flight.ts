import { activityInfo, getClient } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { quoted } from '../../temporal/quoted.js';
import { listWorkflows } from '../../temporal/look.js';
import type { ShownJob } from '../../job/watch/relying.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';

/** A workflow that has a job. */
export interface InFlight extends ShownJob {
  workflowId: string;
  jobId: string;
}

const JOB_ID = defineSearchAttributeKey('KeboolaJobId', SearchAttributeType.KEYWORD);
const RUN_ID = defineSearchAttributeKey('KeboolaRunId', SearchAttributeType.KEYWORD);
const STATUS = defineSearchAttributeKey('KeboolaStatus', SearchAttributeType.KEYWORD);
/** A server without such lists, one that does not know our search attributes, or one that we may not ask. */
const CANNOT: readonly (number | undefined)[] = [GRPC.unimplemented, GRPC.invalidArgument, GRPC.permissionDenied];
/** As many as an address of a filter surely holds. */
const IDS_AT_ONCE_MAX = 100;
const PAGE = 200;
/** One of ours, and some that others have attached to it. */
const WORKFLOWS_PER_JOB_MAX = 10;

/** Whether a server can tell which workflow has which job. @throws what Temporal answers where that says nothing of it. */
export async function canBeMapped(client: Client, taskQueue: string, { project }: WatchRequest): Promise<boolean> {
  try {
    const query = `${inProject(taskQueue, project)} AND KeboolaJobId IS NOT NULL`;
    await listWorkflows(client, query, 1)[Symbol.asyncIterator]().next();
    return true;
  } catch (error) {
    if (CANNOT.includes(grpcCause(error)?.code)) return false;
    throw error;
  }
}

/**
 * The workflows of this task queue whose jobs run in a project, the youngest first. Temporal's list lags by a moment.
 *
 * @param startedBeforeMs leaves out those that have started later; Temporal's clock.
 */
export async function youngestInFlight(
  { project }: WatchRequest,
  countMax: number,
  startedBeforeMs?: number,
): Promise<InFlight[]> {
  const older =
    startedBeforeMs === undefined ? '' : ` AND StartTime < ${quoted(new Date(startedBeforeMs).toISOString())}`;
  return await listed(`${inProject(activityInfo().taskQueue, project)} AND KeboolaJobId IS NOT NULL${older}`, countMax);
}

/** All of them, in any order. */
export async function* allInFlight({ project }: WatchRequest): AsyncIterable<InFlight> {
  const query = `${inProject(activityInfo().taskQueue, project)} AND KeboolaJobId IS NOT NULL`;
  for await (const info of listWorkflows(getClient(), query, PAGE)) yield* inFlight(info);
}

/** Those that have one of these jobs. */
export async function workflowsOf({ project }: WatchRequest, jobIds: readonly string[]): Promise<InFlight[]> {
  const found: InFlight[] = [];
  for (let at = 0; at < jobIds.length; at += IDS_AT_ONCE_MAX) {
    const part = jobIds.slice(at, at + IDS_AT_ONCE_MAX);
    const query = `${inProject(activityInfo().taskQueue, project)} AND KeboolaJobId IN (${part.map(quoted).join(', ')})`;
    found.push(...(await listed(query, part.length * WORKFLOWS_PER_JOB_MAX)));
  }
  return found;
}

/** No order is asked for: the youngest come first by themselves, and not every server sorts. */
async function listed(query: string, countMax: number): Promise<InFlight[]> {
  const found: InFlight[] = [];
  for await (const info of listWorkflows(getClient(), query, Math.min(PAGE, countMax))) {
    found.push(...inFlight(info));
    if (found.length >= countMax) break;
  }
  return found;
}

function inProject(taskQueue: string, project: string): string {
  return `TaskQueue = ${quoted(taskQueue)} AND ExecutionStatus = "Running" AND KeboolaProject = ${quoted(project)}`;
}

function inFlight({ workflowId, type, startTime, typedSearchAttributes: shown }: WorkflowExecutionInfo): InFlight[] {
  const [jobId, runId = '', status = ''] = [shown.get(JOB_ID), shown.get(RUN_ID), shown.get(STATUS)];
  if (jobId === undefined) return [];
  return [{ workflowId, workflowType: type, jobId, runId, status, startMs: startTime.getTime() }];
}
