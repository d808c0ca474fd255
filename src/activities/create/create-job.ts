import type { CreateRequest, CreateOutcome } from '../../job/create/creation.js';
import type { PreparedCreate } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { claim } from './claim.js';
import { sendOnce } from './send-once.js';

/** Sends the one POST that creates a job of a component, and keeps count of the places in the project. */
export async function createJob(deps: ActivityDeps, request: CreateRequest): Promise<CreateOutcome> {
  const { connection, runId } = request.request;
  const places = deps.connections.find(connection)?.parallelLimit;
  const outcome = await sendOnce(request, () => prepare(deps, request));
  if (outcome.kind === 'accepted') await claimAnswered(request, outcome.job.jobId);
  if (outcome.kind === 'accepted') places?.taken(runId, outcome.job.jobId);
  else if (outcome.kind !== 'search-first') places?.free(runId);
  return outcome;
}

/**
 * A job that was answered is this creation's for certain, whoever has claimed it; the claim keeps those from it that search
 * for one which is like it.
 */
async function claimAnswered({ request }: CreateRequest, jobId: string): Promise<void> {
  if ('call' in request || !request.unfenced) return;
  await claim(jobId, request.unfenced).catch(() => false);
}

async function prepare(deps: ActivityDeps, { request }: CreateRequest): Promise<PreparedCreate> {
  const jobs = await deps.connections.get(request.connection).jobs();
  return await jobs.prepareCreate(request);
}
