import type { CreateOutcome } from '../../job/create/creation.js';
import { KeboolaError } from '../http/keboola-error.js';
import { outcomeOfFailedPost } from '../jobs/create-outcome.js';
import { withAdvice } from './refusal-advice.js';

const SERVER_FAILED = 500;
const NOT_NOW = 503;

/**
 * What a creation proves that Queue v2 did not answer with a job. Its errors carry an exception id, and what stands in between
 * does not know one (keboola/api-error-control): a 503 with it is Keboola's own refusal, one without it may have come after
 * the job was made. A 500 may come after it in any case; some of them are refusals in fact.
 *
 * @param sentBy the id of the token that has sent it.
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
