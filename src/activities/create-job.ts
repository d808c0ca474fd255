import { activityInfo } from '@temporalio/activity';
import type { CreateOrder, CreateOutcome } from '../job/creation.js';
import { QueueV2Project } from '../keboola/errors.js';
import { outcomeOfFailedPost } from '../keboola/create-outcome.js';
import type { PreparedCreate } from '../keboola/job-api.js';
import { isFull, type Place, type ProjectFull } from '../keboola/parallel-limit.js';
import type { ActivityDeps } from './deps.js';
import { isKeboolasDoing, toNoAnswer } from './failures.js';
import { whileSending } from './sending-mark.js';

/**
 * Sends the one creating POST and says what became of it. It is neither repeated nor aborted: a cancelled workflow, a
 * stopping worker and a paused activity all wait for the answer, because a job whose creation was cut off is a job that
 * nobody knows.
 */
export async function createJob(deps: ActivityDeps, order: CreateOrder): Promise<CreateOutcome> {
  if (perhapsSentBefore(order)) {
    return { kind: 'search-first', message: 'this creation was ordered before, it may have made a job' };
  }
  let ready: Ready;
  try {
    ready = await makeReady(deps, order);
  } catch (error) {
    return notSent(error);
  }
  if (isFull(ready.place)) return { kind: 'project-full', ...ready.place };
  return await send(ready.prepared, ready.place);
}

interface Ready {
  prepared: PreparedCreate;
  place: Place | ProjectFull;
}

async function makeReady(deps: ActivityDeps, { request }: CreateOrder): Promise<Ready> {
  const keboola = deps.connections.get(request.connection);
  const jobs = await keboola.jobs();
  const prepared = await jobs.prepareCreate(request);
  return { prepared, place: await keboola.parallelLimit.reserve(request.parentRunId) };
}

async function send(prepared: PreparedCreate, place: Place): Promise<CreateOutcome> {
  try {
    const outcome = await whileSending(() => post(prepared));
    if (outcome?.kind === 'accepted') place.taken(outcome.job.jobId);
    return outcome ?? { kind: 'not-sent', message: 'the mark that must come before the POST could not be written' };
  } finally {
    place.free();
  }
}

/** A reset of the workflow orders the same creation again under another run id; the first one may be under way. */
function perhapsSentBefore({ originalRunId, searchedInRun }: CreateOrder): boolean {
  const { workflowExecution, attempt } = activityInfo();
  if (attempt > 1) return true;
  const runId = workflowExecution?.runId;
  return runId !== originalRunId && runId !== searchedInRun;
}

async function post(prepared: PreparedCreate): Promise<CreateOutcome> {
  try {
    return { kind: 'accepted', job: await prepared.send() };
  } catch (error) {
    return outcomeOfFailedPost(error);
  }
}

function notSent(error: unknown): CreateOutcome {
  if (error instanceof QueueV2Project) return { kind: 'refused', type: 'QueueV2Project', message: error.message };
  // Whatever went wrong before the POST, nothing was sent; an error of ours must not look like a lost answer.
  if (!isKeboolasDoing(error)) return { kind: 'not-sent', message: String(error) };
  const { message, tokenRefused, retryAfterMs } = toNoAnswer(error);
  if (tokenRefused) return { kind: 'refused', type: 'TokenRefused', message };
  return { kind: 'not-sent', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
