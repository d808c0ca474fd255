import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { JobSnapshot } from '../job/messages.js';
import { describeWorkflow } from '../temporal/look.js';
import { askConnection } from './ask-connection.js';
import type { Asking } from './ask.js';
import { NoSuchJobError } from './errors.js';
import { YoungSearch } from './handles/young-search.js';
import { JobHandle } from './handles/job-handle.js';
import { openWorkflow } from './handles/open-workflow.js';
import { idInLink } from './id-in-link.js';
import { findByJobId, isJobId, OF_STORAGE, type JobRow } from './list-jobs.js';

interface Wanted {
  connection?: string;
  /** What is asked about the job; Storage jobs have neither. */
  of: 'log' | 'rerun plan';
}

/** A Keboola job, and the connection to its project. */
interface Job {
  jobId: string;
  connection?: string;
}

/**
 * Finds the job that a workflow id, Keboola's job id, or a link to either stands for. A job that no workflow knows is
 * looked for over the connection that was given, else over the default one.
 *
 * @throws NoSuchJobError for a workflow without a job, of another connection, or of Storage; for a link to a job that no
 * workflow knows, in a project that the connection does not lead to.
 */
export async function whichJob(asking: Asking, given: string, { connection, of }: Wanted): Promise<Job> {
  const { client } = asking;
  const named = idInLink(given);
  if (!named || named.namespace !== undefined || !isJobId(named.id)) {
    const { workflowId, runId } = await openWorkflow(client, given);
    const asked = await jobOf(client, new JobHandle(client, workflowId, runId), of);
    const { connection: actual = DEFAULT_CONNECTION } = asked;
    if (connection === undefined || connection === actual) return asked;
    throw new NoSuchJobError(`${workflowId} belongs to connection "${actual}", not to "${connection}".`);
  }
  const { id: jobId, project } = named;
  const row = connection === undefined ? await findAtOnce(client, jobId, project) : undefined;
  if (row) return { ...(await jobOf(client, new JobHandle(client, row.workflowId, row.runId), of)), jobId };
  if (project !== undefined) await requireProject(asking, connection ?? DEFAULT_CONNECTION, project);
  return { jobId };
}

/** Another project may have a job with the same number. If no worker can tell, the question itself will say why. */
async function requireProject(asking: Asking, connection: string, project: string): Promise<void> {
  const { projectId = project } = await askConnection(asking, connection);
  if (projectId === project) return;
  throw new NoSuchJobError(
    `The link leads to project ${project}, but connection "${connection}" to project ${projectId}. ` +
      'No workflow knows the job, so name the connection to its project.',
  );
}

async function findAtOnce(client: Client, jobId: string, project?: string): Promise<JobRow | undefined> {
  const listed = await findByJobId(client, jobId, undefined, project);
  return listed ?? (await new YoungSearch(client, { jobId, project }).look());
}

async function jobOf(client: Client, handle: JobHandle, wanted: Wanted['of']): Promise<Job> {
  const { job, connection } = await snapshotOf(handle);
  const { type } = await describeWorkflow(client, handle.workflowId, handle.runId);
  if (OF_STORAGE.includes(type)) {
    const what = job ? `${job.jobId} is` : `${handle.workflowId} is about`;
    throw new NoSuchJobError(`${what} a Storage job, and Storage jobs have no ${wanted}. \`status\` shows its state.`);
  }
  if (!job) throw new NoSuchJobError(`${handle.workflowId} has no job yet, or never had one.`);
  return { jobId: job.jobId, ...(connection !== undefined && { connection }) };
}

async function snapshotOf(handle: JobHandle): Promise<JobSnapshot> {
  try {
    return await handle.snapshot();
  } catch (error) {
    if (!(error instanceof QueryNotRegisteredError)) throw error;
    throw new NoSuchJobError(
      `${handle.workflowId} is not the workflow of one job; give one of the workflows that it runs.`,
    );
  }
}
