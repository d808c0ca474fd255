import { createHash } from 'node:crypto';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeName } from '../job/search-attributes.js';
import { CREATORS } from '../job/watch/relying.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { listPage } from '../temporal/list-page.js';
import { quoted } from '../temporal/quoted.js';
import { InvalidInputError } from './errors.js';
import { conditionsOf, type JobFilter } from './job-filter.js';
import { filterOf, type OfConnection } from './of-connection.js';

/** One row of `list`: a job, or a pipeline, which has none of Keboola's words. */
export interface JobRow {
  workflowId: string;
  runId: string;
  /** `runJob`, `waitForJob`, `importTable`, … */
  workflowType: string;
  /** Temporal's word: RUNNING, COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, … */
  workflowStatus: string;
  /** Keboola's word, where search attributes are registered. */
  jobStatus?: string;
  jobId?: string;
  component?: string;
  config?: string;
  /** Keboola's id of the project. */
  project?: string;
  /** Keboola's run id of the job, not to be taken for Temporal's. */
  jobRunId?: string;
  startTime: string;
  closeTime?: string;
}

export interface ListOptions extends JobFilter {
  /** Only jobs of this Keboola project, by its name in the worker, which is asked. Default all. */
  connection?: string;
  /** Default 20, at most 1,000. */
  limit?: number;
  /** Goes on after a page, by its `next`; everything but `limit` has to be as it was there. */
  after?: string;
}

/** Some of the jobs that a list finds. */
export interface JobPage {
  jobs: JobRow[];
  /** Where the next page begins; absent after the last one. */
  next?: string;
}

/** The most that one page has. */
export const LIST_MAX = 1_000;
/** The workflows that have a job of Storage. */
export const OF_STORAGE: readonly string[] = ['runStorageJob', 'importTable', 'exportTable'];
const OWN_TYPES = CREATORS.map(quoted).join(', ');
/** The workflows that have one job of Keboola each. */
const LISTED_TYPES = [...CREATORS, 'waitForJob', ...OF_STORAGE].map(quoted).join(', ');
const PIPELINE_TYPES = '"runPipeline"';

/** By which a page is known as one of this list: Temporal takes what is none for a fault of its own. A time may be relative. */
function pageMark({ since: _since, ...filter }: JobFilter, of?: OfConnection): string {
  return createHash('sha256')
    .update(JSON.stringify([conditionsOf(filter), of?.name, filter.pipelines]))
    .digest('hex')
    .slice(0, 8);
}

/** @throws InvalidInputError for what is no page of this list. */
function tokenOf(after: string, mark: string): string {
  const [first, token] = after.split('.');
  if (first === mark && token) return token;
  const message = 'this list has no such page; give the "next" of the page before, with the same filter';
  throw new InvalidInputError([{ path: 'after', message }]);
}

/**
 * The newest jobs first.
 *
 * @param of only jobs of this connection. Where the namespace has no search attributes they are known by the ids that this
 *   client gives, and by nothing else.
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

async function pageOf(client: Client, options: ListOptions, of?: OfConnection): Promise<JobPage> {
  const limit = Math.min(LIST_MAX, options.limit ?? 20);
  // A long wait is a chain of runs, of which the last one stands for all.
  const types = options.pipelines ? PIPELINE_TYPES : LISTED_TYPES;
  const ours = [`WorkflowType IN (${types})`, 'ExecutionStatus != "ContinuedAsNew"'];
  const query = [...ours, ...conditionsOf(options), ...(of ? [`(${filterOf(of)})`] : [])].join(' AND ');
  const mark = pageMark(options, of);
  const jobs: JobRow[] = [];
  let next = options.after === undefined ? undefined : tokenOf(options.after, mark);
  // A page may be shorter than it was asked for.
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
 * The workflow that has created a Keboola job, else the newest that waits for it, and one that runs before those that are closed: it
 * alone can be asked for anything. None where the search attributes are not registered.
 */
export async function findByJobId(
  client: Client,
  jobId: string,
  of?: OfConnection,
  project?: string,
): Promise<JobRow | undefined> {
  try {
    const ofProject = project === undefined ? '' : ` AND KeboolaProject = "${project}"`;
    const ofJob = `KeboolaJobId = "${jobId}"${ofProject}`;
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

/** What a list and a description both tell of a workflow. */
export type WorkflowFacts = Omit<WorkflowExecutionInfo, 'raw'>;

export function rowOf(info: WorkflowFacts): JobRow {
  const attribute = (name: SearchAttributeName): string | undefined =>
    info.typedSearchAttributes.get(defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)) ?? undefined;
  const optional = {
    jobStatus: attribute('KeboolaStatus'),
    jobId: attribute('KeboolaJobId'),
    component: attribute('KeboolaComponent'),
    config: attribute('KeboolaConfig'),
    project: attribute('KeboolaProject'),
    jobRunId: attribute('KeboolaRunId'),
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
