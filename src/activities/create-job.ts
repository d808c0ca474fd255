import { activityInfo } from '@temporalio/activity';
import type { CreateOrder, CreateOutcome } from '../job/creation.js';
import { outcomeOfFailedPost } from '../keboola/create-outcome.js';
import type { PreparedCreate } from '../keboola/job-api.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';
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
  let prepared: PreparedCreate;
  try {
    const jobs = await deps.connections.get(order.request.connection).jobs();
    prepared = await jobs.prepareCreate(order.request);
  } catch (error) {
    return notSent(error);
  }
  const sent = await whileSending(() => post(prepared));
  return sent ?? { kind: 'not-sent', message: 'the mark that must come before the POST could not be written' };
}

/** A reset of the workflow orders the same creation again under another run id; the first one may be under way. */
function perhapsSentBefore({ originalRunId, searched }: CreateOrder): boolean {
  const { workflowExecution, attempt } = activityInfo();
  if (attempt > 1) return true;
  return searched !== true && workflowExecution?.runId !== originalRunId;
}

async function post(prepared: PreparedCreate): Promise<CreateOutcome> {
  try {
    return { kind: 'accepted', job: await prepared.send() };
  } catch (error) {
    return outcomeOfFailedPost(error);
  }
}

function notSent(error: unknown): CreateOutcome {
  const { message, tokenRefused, retryAfterMs } = toNoAnswer(error);
  if (tokenRefused) return { kind: 'refused', type: 'TokenRefused', message };
  return { kind: 'not-sent', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
