import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';
import { NoSuchJobError } from '../errors.js';
import { idInLink, type Named } from '../id-in-link.js';
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
  const { id, project, runId: run } = named(client, given);
  const row = isJobId(id) && run === undefined ? await findByJobId(client, id, of, project) : undefined;
  if (row) return new JobHandle(client, row.workflowId, row.runId);
  if (project !== undefined)
    throw new NoSuchJobError(`No workflow of job ${id} in project ${project} is known to ${placeOf(client)}.`);
  try {
    const description = await describeWorkflow(client, id, run);
    const { type, runId } = description;
    if (of) requireOf(of, rowOf(description));
    return type === 'runPipeline' ? new PipelineHandle(client, id, runId) : new JobHandle(client, id, runId);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const where = of ? ` in connection "${of.name}"` : '';
    const what = isJobId(id) ? `job ${id}${where}, and none of that id,` : `id "${id}"`;
    throw new NoSuchJobError(`No workflow of ${what} is known to ${placeOf(client)}.`);
  }
}

/** @throws NoSuchJobError for what cannot be the name of anything here. */
function named(client: Client, given: string): Named {
  if (given === '')
    throw new NoSuchJobError('An empty id names nothing; give a workflow id, or the id of a job in Keboola.');
  const found = idInLink(given);
  if (found === undefined)
    throw new NoSuchJobError(`The link ${given} names no job of Keboola and no workflow; give the id itself.`);
  const { namespace = client.options.namespace } = found;
  if (namespace === client.options.namespace) return found;
  throw new NoSuchJobError(`The link ${given} is to namespace ${namespace}, and this is ${placeOf(client)}.`);
}

function placeOf({ options }: Client): string {
  return `namespace ${options.namespace}`;
}
