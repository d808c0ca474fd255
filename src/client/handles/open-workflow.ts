import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';
import { NoSuchJobError } from '../errors.js';
import { idInLink, type Named } from '../id-in-link.js';
import { findByJobId, isJobId, rowOf, type JobRow } from '../list-jobs.js';
import { requireOf, type OfConnection } from '../of-connection.js';
import { YoungSearch } from './young-search.js';
import { JobHandle, type JobEnd } from './job-handle.js';
import { PipelineHandle } from './pipeline-handle.js';

/**
 * Temporal's lists lag by a moment. But if the history service cannot write an entry at once, it tries again after up
 * to three seconds, and once more later (service/history/queues/executable.go of temporalio/temporal).
 */
const LATER_MS_MAX = 6_000;
const LOOK_AGAIN_MS = 1_000;

/** A handle whose `kind` says what it is about. */
export type AnyHandle = JobHandle<JobEnd> | PipelineHandle;

/**
 * Opens whatever runs, or ran, under an id.
 *
 * @param given workflow id, Keboola's job id, or a link to either.
 * @param of the connection to which it must belong.
 * @throws NoSuchJobError; only after six seconds if `given` may be the id of a job that was created just now.
 */
export async function openWorkflow(client: Client, given: string, of?: OfConnection): Promise<AnyHandle> {
  const { id, project, runId: run } = named(client, given);
  const isOfJob = isJobId(id) && run === undefined;
  const find = (): Promise<JobRow | undefined> => findByJobId(client, id, of, project);
  const row = isOfJob ? await find() : undefined;
  if (row) return new JobHandle(client, row.workflowId, row.runId);
  const byItsId = project === undefined ? await described(client, { id, run }, of) : undefined;
  if (byItsId) return byItsId;
  const young = isOfJob ? await findSoon(find, new YoungSearch(client, { jobId: id, project }, of)) : undefined;
  if (young) return new JobHandle(client, young.workflowId, young.runId);
  if (project !== undefined)
    throw new NoSuchJobError(`No workflow of job ${id} in project ${project} is known to ${placeOf(client)}.`);
  const where = of ? ` in connection "${of.name}"` : '';
  const what = isJobId(id) ? `job ${id}${where}, and none of that id,` : `id "${id}"`;
  throw new NoSuchJobError(`No workflow of ${what} is known to ${placeOf(client)}.`);
}

async function described(
  client: Client,
  { id, run }: { id: string; run: string | undefined },
  of: OfConnection | undefined,
): Promise<AnyHandle | undefined> {
  try {
    const description = await describeWorkflow(client, id, run);
    const { type, runId } = description;
    if (of) requireOf(of, rowOf(description));
    return type === 'runPipeline' ? new PipelineHandle(client, id, runId) : new JobHandle(client, id, runId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function findSoon(find: () => Promise<JobRow | undefined>, young: YoungSearch): Promise<JobRow | undefined> {
  const untilMs = performance.now() + LATER_MS_MAX;
  // The caller asked Temporal's lists a moment ago.
  let row = await young.look();
  while (!row && performance.now() < untilMs) {
    await sleep(LOOK_AGAIN_MS);
    row = (await find()) ?? (await young.look());
  }
  return row;
}

/** @throws NoSuchJobError if `given` cannot name anything in this namespace. */
function named(client: Client, given: string): Named {
  if (given === '') throw new NoSuchJobError('The id is empty; give a workflow id, or the id of a job in Keboola.');
  const found = idInLink(given);
  if (found === undefined)
    throw new NoSuchJobError(`The link ${given} leads to neither a Keboola job nor a workflow; give the id itself.`);
  const { namespace = client.options.namespace } = found;
  if (namespace === client.options.namespace) return found;
  throw new NoSuchJobError(`The link ${given} leads to namespace ${namespace}, but this is ${placeOf(client)}.`);
}

function placeOf({ options }: Client): string {
  return `namespace ${options.namespace}`;
}
