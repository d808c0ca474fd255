import type { Claimant, CreateRequest, CreateOutcome, RunRequest } from '../../job/create/creation.js';
import { pathProblem } from '../../input/call-path.js';
import type { PreparedCreate } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { claim } from './claim.js';
import { within } from '../within.js';
import { sendOnce } from './send-once.js';

/** The answer is in hand, and must reach the workflow before it is given up for its heartbeats. */
const CLAIM_MS_MAX = 3_000;

/** Sends the one POST that creates a job of a component, and keeps count of the places in the project. */
export async function createJob(deps: ActivityDeps, request: CreateRequest): Promise<CreateOutcome> {
  const { connection, runId } = request.request;
  const problem = problemOf(request);
  if (problem !== undefined) return { kind: 'refused', type: 'CreateRefused', message: `path: ${problem}` };
  const places = deps.connections.find(connection)?.parallelLimit;
  const outcome = await sendOnce(request, () => prepare(deps, request));
  if (outcome.kind === 'accepted') await claimAnswered(request, outcome.job.jobId);
  if (outcome.kind === 'accepted') places?.taken(runId, outcome.job.jobId);
  else if (outcome.kind !== 'search-first') places?.free(runId);
  return outcome;
}

/** The token goes nowhere else, also where a plan was handed on with another input beside it. */
function problemOf({ request }: CreateRequest): string | undefined {
  return 'call' in request ? pathProblem(request.call.path) : undefined;
}

/**
 * A job that was answered is this creation's for certain, whoever has claimed it; the claim keeps those from it that search
 * for one which is like it. One whose fence is a variable looks like theirs where Keboola has dropped that.
 */
async function claimAnswered({ request }: CreateRequest, jobId: string): Promise<void> {
  if ('call' in request) return;
  const claimant = request.unfenced ?? claimantOf(request);
  if (!claimant) return;
  const claimed = claim(jobId, claimant);
  await within(CLAIM_MS_MAX, 'Temporal did not take the claim', claimed).catch(() => false);
}

function claimantOf({ fencedByVariable, project, runId }: RunRequest): Claimant | undefined {
  return fencedByVariable ? { project, by: runId } : undefined;
}

async function prepare(deps: ActivityDeps, { request }: CreateRequest): Promise<PreparedCreate> {
  const jobs = await (await keboolaOf(deps, request)).jobs();
  return await jobs.prepareCreate(request);
}
