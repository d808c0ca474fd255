import type { Claimant, CreateRequest, CreateOutcome, RunRequest } from '../../job/create/creation.js';
import { pathProblem } from '../../input/call-path.js';
import type { PreparedCreate } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { claim } from './claim.js';
import { within } from '../within.js';
import { sendOnce } from './send-once.js';

/**
 * Keboola's answer is in hand and must reach the workflow before Temporal gives the activity up for a missed heartbeat.
 */
const CLAIM_MS_MAX = 3_000;

/** Sends the one POST that creates a job of a component, and counts the places taken in the project. */
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

/** The token is sent to no other path, even if a plan was passed on together with a different input. */
function problemOf({ request }: CreateRequest): string | undefined {
  return 'call' in request ? pathProblem(request.call.path) : undefined;
}

/**
 * A job that Keboola's answer named belongs to this creation for certain, whoever has claimed it. The claim protects it
 * from other creations that search for a job like it. A job fenced by a variable looks like theirs if Keboola dropped
 * the variable.
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
