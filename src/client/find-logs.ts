import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { JobSnapshot } from '../job/messages.js';
import type { ReadLogsInput } from '../job/questions.js';
import { describeWorkflow } from '../temporal/look.js';
import { NoSuchJobError } from './errors.js';
import { JobHandle } from './handles/job-handle.js';
import { openWorkflow } from './handles/open-workflow.js';
import { findByJobId, isJobId } from './list-jobs.js';

/** A job that no workflow knows is looked for in the project that was named, else in the default one. */
export async function whoseLogs(client: Client, id: string, connection: string | undefined): Promise<ReadLogsInput> {
  if (!isJobId(id)) {
    const { workflowId, runId } = await openWorkflow(client, id);
    const asked = await logsOf(client, new JobHandle(client, workflowId, runId));
    const { connection: actual = DEFAULT_CONNECTION } = asked;
    if (connection === undefined || connection === actual) return asked;
    throw new NoSuchJobError(`${workflowId} is one of connection "${actual}", not of "${connection}".`);
  }
  const row = connection === undefined ? await findByJobId(client, id) : undefined;
  return { ...(row && (await logsOf(client, new JobHandle(client, row.workflowId, row.runId)))), jobId: id };
}

const OF_STORAGE = ['runStorageJob', 'importTable', 'exportTable'];

/** Which job a workflow is about, and in which project. @throws NoSuchJobError while it has none, or one without a log; what `snapshot` throws. */
async function logsOf(client: Client, handle: JobHandle): Promise<ReadLogsInput> {
  const { job, connection } = await snapshotOf(handle);
  const { type } = await describeWorkflow(client, handle.workflowId, handle.runId);
  if (OF_STORAGE.includes(type)) {
    const what = job ? `${job.jobId} is` : `${handle.workflowId} is about`;
    throw new NoSuchJobError(`${what} a job of Storage; those have no log. \`status\` shows what it says.`);
  }
  if (!job) throw new NoSuchJobError(`${handle.workflowId} has no job yet, or never had one.`);
  return { jobId: job.jobId, ...(connection !== undefined && { connection }) };
}

async function snapshotOf(handle: JobHandle): Promise<JobSnapshot> {
  try {
    return await handle.snapshot();
  } catch (error) {
    if (!(error instanceof QueryNotRegisteredError)) throw error;
    throw new NoSuchJobError(`${handle.workflowId} is not the workflow of one job; give one of those that it runs.`);
  }
}
