import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeName } from '../job/search-attributes.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { listWorkflows } from '../temporal/look.js';
import { filterOf, type OfConnection } from './of-connection.js';

/** One row of `list`. */
export interface JobRow {
  workflowId: string;
  runId: string;
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

export interface ListOptions {
  /** Only workflows that run. */
  running?: boolean;
  /** Only jobs of this Keboola project, by its name in the worker, which is asked. Default all. */
  connection?: string;
  /** A Temporal list filter, joined to ours by AND. */
  query?: string;
  /** Default 20, at most 1,000. */
  limit?: number;
}

const LIMIT_MAX = 1_000;
/** The workflows that create a job. */
const OWN_TYPES = '"runJob", "runAsyncAction"';
/** Those, and the others that have one job of Keboola each. */
const LISTED_TYPES = `${OWN_TYPES}, "waitForJob", "runStorageJob", "importTable", "exportTable"`;

/**
 * The newest jobs first.
 *
 * @param of only jobs of this connection. Where the namespace has no search attributes they are known by the ids that this
 *   client gives, and by nothing else.
 */
export async function listJobs(client: Client, options: ListOptions = {}, of?: OfConnection): Promise<JobRow[]> {
  try {
    return await rowsOf(client, options, of);
  } catch (error) {
    if (of?.projectId === undefined || grpcCause(error)?.code !== GRPC.invalidArgument) throw error;
    return await rowsOf(client, options, { ...of, projectId: undefined });
  }
}

async function rowsOf(client: Client, options: ListOptions, of?: OfConnection): Promise<JobRow[]> {
  const limit = Math.min(LIMIT_MAX, options.limit ?? 20);
  // A long wait is a chain of runs, of which the last one stands for all.
  const ours = [
    `WorkflowType IN (${LISTED_TYPES})`,
    'ExecutionStatus != "ContinuedAsNew"',
    ...(options.running ? ['ExecutionStatus = "Running"'] : []),
  ];
  // In brackets, because AND binds more than an OR of the caller's.
  const wanted = [options.query, of && filterOf(of)].flatMap((one) => (one === undefined ? [] : [`(${one})`]));
  const query = [...ours, ...wanted].join(' AND ');
  const rows: JobRow[] = [];
  for await (const info of listWorkflows(client, query, Math.min(limit, 100))) {
    rows.push(rowOf(info));
    if (rows.length >= limit) break;
  }
  return rows;
}

export function isJobId(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The workflow that has created a Keboola job, else the newest that waits for it; none where the search attributes are not registered. */
export async function findByJobId(client: Client, jobId: string, of?: OfConnection): Promise<JobRow | undefined> {
  try {
    const ofJob = `KeboolaJobId = "${jobId}"`;
    const [own] = await listJobs(client, { query: `${ofJob} AND WorkflowType IN (${OWN_TYPES})`, limit: 1 }, of);
    const [row] = own ? [own] : await listJobs(client, { query: ofJob, limit: 1 }, of);
    return row;
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
    workflowStatus: info.status.name,
    startTime: info.startTime.toISOString(),
    ...(Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined)) as Partial<JobRow>),
  };
}
