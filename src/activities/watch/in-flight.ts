import { activityInfo, getClient } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { quoted } from '../../temporal/quoted.js';
import { listWorkflows } from '../../temporal/look.js';
import { shownAttribute } from '../../temporal/shown-attribute.js';
import { CREATORS, isCreator, type ShownJob } from '../../job/watch/relying.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';

/** A workflow that has a job. */
export interface InFlight extends ShownJob {
  workflowId: string;
  jobId: string;
}

/** A workflow that has a job, even if it has closed by now. */
interface WorkflowOfJob extends InFlight {
  isOpen: boolean;
}

/** Answers of a server that has no such lists, does not know our search attributes, or does not let us ask. */
const CANNOT: readonly (number | undefined)[] = [GRPC.unimplemented, GRPC.invalidArgument, GRPC.permissionDenied];
/** As many ids as surely fit into the URL of a filter. */
export const IDS_AT_ONCE_MAX = 100;
const PAGE = 200;
/** Our own workflow, and some that others have attached to its job. */
const WORKFLOWS_PER_JOB_MAX = 10;
/** Most creators listed at once: far more than ever created or adopted a hundred jobs. */
const CREATORS_MAX = 5_000;

const IS_CREATOR = `WorkflowType IN (${CREATORS.map(quoted).join(', ')})`;
const IS_OPEN = 'ExecutionStatus = "Running"';
/**
 * A run that was continued as new or terminated says nothing: another run may go on with the job, also after a reset,
 * and may appear in the list later.
 */
const HAS_CLOSED_BY_ITSELF = 'ExecutionStatus IN ("Completed", "Failed", "Canceled", "TimedOut")';

/** Whether a server can tell which workflow has which job. @throws any answer of Temporal that leaves this open. */
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
 * The workflows of this task queue that create jobs and have one running in a project, the youngest first. Workflows
 * that only wait for a job are left out: one flow may have hundreds of them. Temporal's list lags by a moment.
 *
 * @param startedBeforeMs leaves out workflows that started later; Temporal's clock.
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

/** Whether any workflow has a job in a project, even if it only waits for one that it did not create. */
export async function isAnyInFlight(request: WatchRequest): Promise<boolean> {
  return (await listed(openIn(request), 1)).length > 0;
}

/** All workflows that have a job in a project, including those that only wait for one, in any order. */
export async function* allInFlight(request: WatchRequest): AsyncIterable<InFlight> {
  for await (const info of listWorkflows(getClient(), openIn(request), PAGE)) yield* ofJob(info);
}

/**
 * Lists the workflows that have one of these jobs: open ones, and creators that have closed by themselves. Not all
 * waiters are returned if there are many; they read the job by themselves. Waiters are younger than the creator and come
 * first in Temporal's list, so if they fill it, creators are listed separately.
 *
 * @param jobIds {@link IDS_AT_ONCE_MAX} at most.
 */
export async function workflowsOf({ project }: WatchRequest, jobIds: readonly string[]): Promise<WorkflowOfJob[]> {
  const ofJobs = `KeboolaJobId IN (${jobIds.map(quoted).join(', ')})`;
  const which = `(${IS_OPEN} OR (${IS_CREATOR} AND ${HAS_CLOSED_BY_ITSELF}))`;
  const query = `${inProject(activityInfo().taskQueue, project)} AND ${ofJobs} AND ${which}`;
  const countMax = jobIds.length * WORKFLOWS_PER_JOB_MAX;
  const found = await listed(query, countMax);
  if (found.length < countMax) return found;
  const creators = await listed(`${query} AND ${IS_CREATOR}`, CREATORS_MAX);
  return [...creators, ...found.filter((one) => !isCreator(one))];
}

/** The query asks for no order: Temporal lists the youngest first anyway, and not every server can sort. */
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
  const { workflowId, type, startTime } = info;
  const jobId = shownAttribute(info, 'KeboolaJobId');
  if (jobId === undefined) return [];
  const runId = shownAttribute(info, 'KeboolaRunId') ?? '';
  const status = shownAttribute(info, 'KeboolaStatus') ?? '';
  const isOpen = info.status.name === 'RUNNING';
  return [{ workflowId, workflowType: type, jobId, runId, status, startMs: startTime.getTime(), isOpen }];
}
