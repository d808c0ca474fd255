import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';
import { NoSuchJobError } from '../errors.js';
import { idInLink } from '../id-in-link.js';
import { findByJobId, isJobId, rowOf } from '../list-jobs.js';
import { requireOf, type OfConnection } from '../of-connection.js';
import { JobHandle, type JobEnd } from './job-handle.js';
import { PipelineHandle } from './pipeline-handle.js';

/** A handle whose `kind` says what it is about. */
export type AnyHandle = JobHandle<JobEnd> | PipelineHandle;

/**
 * The handle of whatever runs, or ran, under an id.
 *
 * @param given workflow id, Keboola's job id, or a link to either.
 * @param of the connection that it has to be of.
 * @throws NoSuchJobError.
 */
export async function openWorkflow(client: Client, given: string, of?: OfConnection): Promise<AnyHandle> {
  const id = idInLink(given);
  if (id === undefined)
    throw new NoSuchJobError(`The link ${given} names no job of Keboola and no workflow; give the id itself.`);
  if (id === '')
    throw new NoSuchJobError('An empty id names nothing; give a workflow id, or the id of a job in Keboola.');
  const row = isJobId(id) ? await findByJobId(client, id, of) : undefined;
  if (row) return new JobHandle(client, row.workflowId, row.runId);
  try {
    const description = await describeWorkflow(client, id);
    const { type, runId } = description;
    if (of) requireOf(of, rowOf(description));
    return type === 'runPipeline' ? new PipelineHandle(client, id, runId) : new JobHandle(client, id, runId);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const where = of ? ` in connection "${of.name}"` : '';
    const what = isJobId(id) ? `job ${id}${where}, and none of that id,` : `id "${id}"`;
    throw new NoSuchJobError(`No workflow of ${what} is known to namespace ${client.options.namespace}.`);
  }
}
