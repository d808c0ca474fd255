import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';
import { NoSuchJobError } from '../errors.js';
import { findByJobId, isJobId } from '../list-jobs.js';
import { JobHandle, type JobEnd } from './job-handle.js';
import { PipelineHandle } from './pipeline-handle.js';

/** A handle whose `kind` says what it is about. */
export type AnyHandle = JobHandle<JobEnd> | PipelineHandle;

/**
 * The handle of whatever runs, or ran, under an id.
 *
 * @param id workflow id, or Keboola's job id.
 * @throws NoSuchJobError.
 */
export async function openWorkflow(client: Client, id: string): Promise<AnyHandle> {
  const row = isJobId(id) ? await findByJobId(client, id) : undefined;
  if (row) return new JobHandle(client, row.workflowId, row.runId);
  try {
    const { type, runId } = await describeWorkflow(client, id);
    return type === 'runPipeline' ? new PipelineHandle(client, id, runId) : new JobHandle(client, id, runId);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const what = isJobId(id) ? `job ${id}, and none of that id,` : `id "${id}"`;
    throw new NoSuchJobError(`No workflow of ${what} is known to namespace ${client.options.namespace}.`);
  }
}
