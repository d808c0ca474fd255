import type { CreateOutcome } from '../../job/create/creation.js';
import { KeboolaError } from '../http/keboola-error.js';
import { outcomeOfFailedPost } from '../jobs/create-outcome.js';
import { withAdvice } from './refusal-advice.js';

const SERVER_FAILED = 500;
const NOT_NOW = 503;

/**
 * What a creation proves that Queue v2 did not answer with a job. Only Keboola's own errors carry an exception id
 * (keboola/api-error-control). So a 503 with one is Keboola's refusal, while one without may come from a proxy after
 * the job was created. A 500 may always come after the job was created, although some are in fact refusals.
 *
 * @param sentBy the id of the token that sent it.
 */
export function outcomeOfFailedCreation(error: unknown, sentBy?: string): CreateOutcome {
  const outcome = withSender(outcomeOfFailedPost(error), sentBy);
  if (!(error instanceof KeboolaError)) return outcome;
  if (outcome.kind === 'refused') return { ...outcome, message: withAdvice(outcome.message, error.facts) };
  if (outcome.kind !== 'unknown') return outcome;
  const { status, exceptionId, retryAfterMs } = error.facts;
  if (status === NOT_NOW && exceptionId !== undefined) {
    return { kind: 'refused-for-now', message: error.message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  return status === SERVER_FAILED ? { ...outcome, keboolaFailed: true } : outcome;
}

function withSender(outcome: CreateOutcome, sentBy: string | undefined): CreateOutcome {
  return outcome.kind === 'unknown' && sentBy !== undefined ? { ...outcome, sentBy } : outcome;
}
