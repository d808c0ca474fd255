import { createHash } from 'node:crypto';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { CREATORS } from '../job/watch/relying.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { listPage } from '../temporal/list-page.js';
import { quoted } from '../temporal/quoted.js';
import { shownAttribute } from '../temporal/shown-attribute.js';
import { InvalidInputError, UnknownProjectError } from './errors.js';
import { conditionsOf, type JobFilter } from './job-filter.js';
import { filterOf, type OfConnection } from './of-connection.js';

/** One row of `list`: a job, or a pipeline, for which Keboola's own fields are absent. */
export interface JobRow {
  workflowId: string;
  runId: string;
  /** `runJob`, `waitForJob`, `importTable`, … */
  workflowType: string;
  /** Temporal's status of the workflow: RUNNING, COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, … */
  workflowStatus: string;
  /** Keboola's status of the job. Like the ids below, it is known only where the search attributes are registered. */
  jobStatus?: string;
  jobId?: string;
  component?: string;
  config?: string;
  /** Keboola's id of the project. */
  project?: string;
  /** Keboola's RunId of the job, not to be confused with Temporal's. */
  jobRunId?: string;
  startTime: string;
  closeTime?: string;
}

export interface ListOptions extends JobFilter {
  /** Only jobs of this connection, by its name in the worker, which is asked for its project. Default all. */
  connection?: string;
  /** Default 20, at most 1,000. */
  limit?: number;
  /** The `next` of the page before; every option but `limit` has to be the same as for that page. */
  after?: string;
}

/** One page of a list of jobs. */
export interface JobPage {
  jobs: JobRow[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
}

/** The most jobs that one page has. */
export const LIST_MAX = 1_000;
/** The workflows that have a job of Storage. */
export const OF_STORAGE: readonly string[] = ['runStorageJob', 'importTable', 'exportTable'];
const OWN_TYPES = CREATORS.map(quoted).join(', ');
/** The workflow types that stand for one Keboola job each. */
const LISTED_TYPES = [...CREATORS, 'waitForJob', ...OF_STORAGE].map(quoted).join(', ');
const PIPELINE_TYPES = quoted('runPipeline');

/**
 * Marks a page as one of this list, because Temporal reports a foreign page token as its own internal error. `since` is
 * left out: a relative time differs from call to call.
 */
function pageMark({ since: _since, ...filter }: JobFilter, of?: OfConnection): string {
  return createHash('sha256')
    .update(JSON.stringify([conditionsOf(filter), of?.name, filter.pipelines]))
    .digest('hex')
    .slice(0, 8);
}

/** @throws InvalidInputError where `after` is not a page of this list. */
function tokenOf(after: string, mark: string): string {
  const [first, token] = after.split('.');
  if (first === mark && token) return token;
  const message = 'this list has no such page; give the "next" of the page before, with the same filter';
  throw new InvalidInputError([{ path: 'after', message }]);
}

/**
 * Lists jobs in Temporal's order: those that run, the latest start first, then those that ended, the latest end first.
 *
 * @param of only jobs of this connection. In a namespace without our search attributes, only the workflow ids that this
 *   client gives tell which jobs those are.
 * @throws InvalidInputError for an `after` of another list; what Temporal answers.
 */
export async function listJobs(client: Client, options: ListOptions = {}, of?: OfConnection): Promise<JobPage> {
  try {
    return await pageOf(client, options, of);
  } catch (error) {
    if (of?.projectId === undefined || grpcCause(error)?.code !== GRPC.invalidArgument) throw error;
    return await pageOf(client, options, { ...of, projectId: undefined });
  }
}

/**
 * Lists all that match, page by page, all of them by the same answer about the connection. Unlike `listJobs` it never
 * leaves out what only the project shows to belong to the connection.
 *
 * @throws UnknownProjectError; what Temporal answers, also to the search attribute of projects if that is not registered.
 */
export async function listAllJobs(
  client: Client,
  filter: JobFilter,
  of?: OfConnection,
  pageSize = LIST_MAX,
): Promise<JobRow[]> {
  if (of && of.projectId === undefined) throw new UnknownProjectError(of.name, of.problem);
  const found: JobRow[] = [];
  let after: string | undefined;
  // Each page begins where the one before ends, so the list is the bound.
  do {
    const { jobs, next } = await pageOf(client, { ...filter, limit: pageSize, ...(after && { after }) }, of);
    found.push(...jobs);
    after = next;
  } while (after !== undefined);
  return found;
}

async function pageOf(client: Client, options: ListOptions, of?: OfConnection): Promise<JobPage> {
  const limit = Math.min(LIST_MAX, options.limit ?? 20);
  // A long wait is a chain of runs by continue-as-new; the last run stands for the whole chain.
  const types = options.pipelines ? PIPELINE_TYPES : LISTED_TYPES;
  const ours = [`WorkflowType IN (${types})`, 'ExecutionStatus != "ContinuedAsNew"'];
  const query = [...ours, ...conditionsOf(options), ...(of ? [`(${filterOf(of)})`] : [])].join(' AND ');
  const mark = pageMark(options, of);
  const jobs: JobRow[] = [];
  let next = options.after === undefined ? undefined : tokenOf(options.after, mark);
  // Temporal may return fewer rows than we asked for.
  do {
    const page = await listPage(client, query, limit - jobs.length, next);
    jobs.push(...page.workflows.map(rowOf));
    next = page.next;
  } while (next !== undefined && jobs.length < limit);
  return { jobs, ...(next !== undefined && { next: `${mark}.${next}` }) };
}

export function createsJobs({ workflowType }: JobRow): boolean {
  return CREATORS.includes(workflowType);
}

export function isJobId(text: string): boolean {
  return /^\d+$/.test(text);
}

/**
 * Finds the workflow that created a Keboola job, else the newest one that waits for it. Running workflows go before
 * closed ones, since only they can be updated or stopped. @returns undefined also where the search attributes are not
 * registered.
 */
export async function findByJobId(
  client: Client,
  jobId: string,
  of?: OfConnection,
  project?: string,
): Promise<JobRow | undefined> {
  try {
    const ofProject = project === undefined ? '' : ` AND KeboolaProject = ${quoted(project)}`;
    const ofJob = `KeboolaJobId = ${quoted(jobId)}${ofProject}`;
    const running = `${ofJob} AND ExecutionStatus = "Running"`;
    for (const query of [running, ofJob].flatMap((some) => [`${some} AND WorkflowType IN (${OWN_TYPES})`, some])) {
      const [row] = (await listJobs(client, { query, limit: 1 }, of)).jobs;
      if (row) return row;
    }
    return undefined;
  } catch (error) {
    if (grpcCause(error)?.code === GRPC.invalidArgument) return undefined;
    throw error;
  }
}

/** What both a list and a description of Temporal say about a workflow. */
export type WorkflowFacts = Omit<WorkflowExecutionInfo, 'raw'>;

export function rowOf(info: WorkflowFacts): JobRow {
  const optional = {
    jobStatus: shownAttribute(info, 'KeboolaStatus'),
    jobId: shownAttribute(info, 'KeboolaJobId'),
    component: shownAttribute(info, 'KeboolaComponent'),
    config: shownAttribute(info, 'KeboolaConfig'),
    project: shownAttribute(info, 'KeboolaProject'),
    jobRunId: shownAttribute(info, 'KeboolaRunId'),
    closeTime: info.closeTime?.toISOString(),
  };
  return {
    workflowId: info.workflowId,
    runId: info.runId,
    workflowType: info.type,
    workflowStatus: info.status.name,
    startTime: info.startTime.toISOString(),
    ...(Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined)) as Partial<JobRow>),
  };
}
