import type { NoAnswer } from '../job/failure/no-answer.js';
import { KeboolaError } from '../keboola/http/keboola-error.js';
import { TokenGone } from '../keboola/connection/errors.js';
import { BudgetSpent } from '../keboola/http/request-budget.js';
import { RENEW_TOKEN, toFailure, toNoAnswer } from './failures.js';
import { asSentence } from '../job/text/as-sentence.js';

/**
 * What an activity that has created no job reports about a failed exchange. If the problem may pass, it is returned as
 * a fact to wait on, so that the workflow can show it. If it will not pass by itself, it is thrown as a failure.
 *
 * @param failureOf makes the failure. @throws the failure it makes.
 */
export function notYet(error: unknown, failureOf: (error: unknown) => unknown = toFailure): NoAnswer {
  if (error instanceof BudgetSpent || error instanceof TokenGone) return toNoAnswer(error);
  if (!(error instanceof KeboolaError)) throw failureOf(error);
  if (error.isTokenUnknown) return { ...toNoAnswer(error), message: `${asSentence(error.message)} ${RENEW_TOKEN}` };
  if (error.isSilence) return toNoAnswer(error);
  throw failureOf(error);
}
