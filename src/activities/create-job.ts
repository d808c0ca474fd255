import type { CreateJobRequest, CreateOutcome } from '../job/run-plan.js';
import { outcomeOfFailedPost } from '../keboola/create-outcome.js';
import type { PreparedCreate } from '../keboola/job-api.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';

/**
 * Sends the one creating POST and says what became of it. It is neither repeated nor aborted: a cancelled workflow or a
 * stopping worker waits for the answer, because a job whose creation was cut off is a job that nobody knows.
 */
export async function createJob(deps: ActivityDeps, request: CreateJobRequest): Promise<CreateOutcome> {
  let prepared: PreparedCreate;
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    prepared = await jobs.prepareCreate(request);
  } catch (error) {
    return notSent(error);
  }
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
