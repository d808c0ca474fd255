import { activityInfo, getClient } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { quoted } from '../../temporal/quoted.js';
import { listWorkflows } from '../../temporal/look.js';
import { CREATORS, type ShownJob } from '../../job/watch/relying.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';

/** A workflow that has a job. */
export interface InFlight extends ShownJob {
  workflowId: string;
  jobId: string;
}

/** One that has a job, be it closed by now. */
interface WorkflowOfJob extends InFlight {
  isOpen: boolean;
}

const JOB_ID = defineSearchAttributeKey('KeboolaJobId', SearchAttributeType.KEYWORD);
const RUN_ID = defineSearchAttributeKey('KeboolaRunId', SearchAttributeType.KEYWORD);
const STATUS = defineSearchAttributeKey('KeboolaStatus', SearchAttributeType.KEYWORD);
/** A server without such lists, one that does not know our search attributes, or one that we may not ask. */
const CANNOT: readonly (number | undefined)[] = [GRPC.unimplemented, GRPC.invalidArgument, GRPC.permissionDenied];
/** As many as an address of a filter surely holds. */
export const IDS_AT_ONCE_MAX = 100;
const PAGE = 200;
/** One of ours, and some that others have attached to it. */
const WORKFLOWS_PER_JOB_MAX = 10;

const IS_CREATOR = `WorkflowType IN (${CREATORS.map(quoted).join(', ')})`;
const IS_OPEN = 'ExecutionStatus = "Running"';
/**
 * One that was continued as new or terminated says nothing: another run may go on with the job, also after a reset, and be
 * shown later.
 */
const HAS_CLOSED_BY_ITSELF = 'ExecutionStatus IN ("Completed", "Failed", "Canceled", "TimedOut")';

/** Whether a server can tell which workflow has which job. @throws what Temporal answers where that says nothing of it. */
export async function canBeMapped(client: Client, taskQueue: string, { project }: WatchRequest): Promise<boolean> {
  try {
    const query = `${inProject(taskQueue, project)} AND ${IS_OPEN} AND KeboolaJobId IS NOT NULL`;
    await listWorkflows(client, query, 1)[Symbol.asyncIterator]().next();
    return true;
  } catch (error) {
    if (CANNOT.includes(grpcCause(error)?.code)) return false;
    throw error;
  }
}

/**
 * The workflows of this task queue that create jobs, as far as those run in a project, the youngest first. Whoever only looks on
 * is left out: of one flow there may be hundreds. Temporal's list lags by a moment.
 *
 * @param startedBeforeMs leaves out those that have started later; Temporal's clock.
 */
export async function youngestInFlight(
  request: WatchRequest,
  countMax: number,
  startedBeforeMs?: number,
): Promise<InFlight[]> {
  const older =
    startedBeforeMs === undefined ? '' : ` AND StartTime < ${quoted(new Date(startedBeforeMs).toISOString())}`;
  return await listed(`${openIn(request)} AND ${IS_CREATOR}${older}`, countMax);
}

/** Whether anybody has a job in a project, be it that he only looks on. */
export async function isAnyInFlight(request: WatchRequest): Promise<boolean> {
  return (await listed(openIn(request), 1)).length > 0;
}

/** All that have a job in a project, also those who only look on, in any order. */
export async function* allInFlight(request: WatchRequest): AsyncIterable<InFlight> {
  for await (const info of listWorkflows(getClient(), openIn(request), PAGE)) yield* ofJob(info);
}

/**
 * Those that have one of these jobs: all that are open, and those that have created it and have closed by themselves.
 *
 * @param jobIds {@link IDS_AT_ONCE_MAX} at most.
 */
export async function workflowsOf({ project }: WatchRequest, jobIds: readonly string[]): Promise<WorkflowOfJob[]> {
  const which = `(${IS_OPEN} OR (${IS_CREATOR} AND ${HAS_CLOSED_BY_ITSELF}))`;
  const ofJobs = `KeboolaJobId IN (${jobIds.map(quoted).join(', ')})`;
  const query = `${inProject(activityInfo().taskQueue, project)} AND ${ofJobs} AND ${which}`;
  return await listed(query, jobIds.length * WORKFLOWS_PER_JOB_MAX);
}

/** No order is asked for: the youngest come first by themselves, and not every server sorts. */
async function listed(query: string, countMax: number): Promise<WorkflowOfJob[]> {
  const found: WorkflowOfJob[] = [];
  for await (const info of listWorkflows(getClient(), query, Math.min(PAGE, countMax))) {
    found.push(...ofJob(info));
    if (found.length >= countMax) break;
  }
  return found;
}

function openIn({ project }: WatchRequest): string {
  return `${inProject(activityInfo().taskQueue, project)} AND ${IS_OPEN} AND KeboolaJobId IS NOT NULL`;
}

function inProject(taskQueue: string, project: string): string {
  return `TaskQueue = ${quoted(taskQueue)} AND KeboolaProject = ${quoted(project)}`;
}

function ofJob(info: WorkflowExecutionInfo): WorkflowOfJob[] {
  const { workflowId, type, startTime, typedSearchAttributes: shown } = info;
  const [jobId, runId = '', status = ''] = [shown.get(JOB_ID), shown.get(RUN_ID), shown.get(STATUS)];
  if (jobId === undefined) return [];
  const isOpen = info.status.name === 'RUNNING';
  return [{ workflowId, workflowType: type, jobId, runId, status, startMs: startTime.getTime(), isOpen }];
}
