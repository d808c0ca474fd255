import type { NoAnswer } from '../job/failure/no-answer.js';
import { KeboolaError } from '../keboola/http/keboola-error.js';
import { TokenGone } from '../keboola/connection/errors.js';
import { BudgetSpent } from '../keboola/http/request-budget.js';
import { RENEW_TOKEN, toFailure, toNoAnswer } from './failures.js';

/**
 * What an activity that has made no job tells of a failed exchange: a fact to be patient with, as a wait is, so that the
 * workflow can show it. What will not pass by itself is a failure.
 *
 * @param failureOf makes the failure. @throws what it makes.
 */
export function notYet(error: unknown, failureOf: (error: unknown) => unknown = toFailure): NoAnswer {
  if (error instanceof BudgetSpent || error instanceof TokenGone) return toNoAnswer(error);
  if (!(error instanceof KeboolaError)) throw failureOf(error);
  if (error.isTokenUnknown) return { ...toNoAnswer(error), message: `${error.message}. ${RENEW_TOKEN}` };
  if (error.isSilence) return toNoAnswer(error);
  throw failureOf(error);
}
