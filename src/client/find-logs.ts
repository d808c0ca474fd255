import { QueryNotRegisteredError } from '@temporalio/client';
import type { JobSnapshot } from '../job/messages.js';
import type { ReadLogsInput } from '../job/questions.js';
import { NoSuchJobError } from './errors.js';
import type { JobHandle } from './handles/job-handle.js';

/** Which job a workflow is about, and in which project. @throws NoSuchJobError while it has none; what `snapshot` throws. */
export async function logsOf(handle: JobHandle): Promise<ReadLogsInput> {
  const { job, connection } = await snapshotOf(handle);
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
