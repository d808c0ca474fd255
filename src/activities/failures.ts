import { ApplicationFailure } from '@temporalio/activity';
import { failureOptions } from '../job/failure/failure.js';
import type { FailureType } from '../job/failure/failure-types.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import { withFeatureAdvice } from '../keboola/connection/dialect.js';
import { KeboolaError, type KeboolaErrorFacts } from '../keboola/http/keboola-error.js';
import { UnsupportedQuestion } from '../keboola/jobs/unsupported-question.js';
import { NoJobApi } from '../keboola/project/no-job-api.js';
import { TokenGone, UnknownConnection } from '../keboola/connection/errors.js';
import { SettingsError } from '../input/settings-error.js';
import { BudgetSpent } from '../keboola/http/request-budget.js';
import { problemsText } from '../input/find-problems.js';
import type { InputProblem } from '../input/input-problem.js';
import { asSentence } from '../job/text/as-sentence.js';

/** A typed failure from the closed list. People read its message, so it must say what to do next. */
export function failure(type: FailureType, message: string, ...details: unknown[]): ApplicationFailure {
  return ApplicationFailure.create(failureOptions(type, message, details));
}

/** What an activity throws for an error of the Keboola layer; Temporal may retry everything else. */
export function toFailure(error: unknown): unknown {
  if (error instanceof BudgetSpent) {
    const { message, deferredMs } = error;
    return ApplicationFailure.create({ type: 'KeboolaUnreachable', message, nextRetryDelay: deferredMs });
  }
  if (error instanceof NoJobApi) return failure('NoJobApi', error.message);
  if (error instanceof UnsupportedQuestion) return failure('InvalidInput', error.message);
  if (error instanceof UnknownConnection) return failure('InvalidInput', error.message);
  if (error instanceof TokenGone)
    return ApplicationFailure.create({ type: 'KeboolaUnreachable', message: error.message });
  if (error instanceof SettingsError) return failure('ConnectionNotUsable', error.message);
  if (!(error instanceof KeboolaError)) return error;
  if (error.kind === 'unauthorized')
    return failure('TokenRefused', `${asSentence(error.message)} ${RENEW_TOKEN}`, error.facts);
  if (error.kind === 'protocol') return failure('ProtocolError', error.message, error.facts);
  // The address is right, or Keboola would not know the project there.
  if (error.facts.lacksFeature !== undefined) {
    return failure('ConnectionNotUsable', withFeatureAdvice(error.message, error.facts), error.facts);
  }
  if (error.kind === 'not-found' || error.kind === 'refused') {
    return failure(
      'ConnectionNotUsable',
      `${asSentence(error.message)} Is the connection's address a Keboola address?`,
      error.facts,
    );
  }
  return ApplicationFailure.create({
    type: 'KeboolaUnreachable',
    message: error.message,
    details: [error.facts],
    ...(error.facts.retryAfterMs && { nextRetryDelay: error.facts.retryAfterMs }),
  });
}

export const RENEW_TOKEN = "Renew the token of the worker's connection; `keboola-temporal doctor` checks it";

/**
 * A failed exchange as a fact to wait on.
 *
 * @throws any error that Keboola did not cause.
 */
export function toNoAnswer(error: unknown): NoAnswer {
  if (error instanceof BudgetSpent) return { kind: 'no-answer', message: error.message, deferredMs: error.deferredMs };
  if (!isKeboolasDoing(error)) throw error;
  const tokenRefused = error instanceof KeboolaError && error.kind === 'unauthorized';
  const { retryAfterMs, isAnother, kind }: Partial<KeboolaErrorFacts> =
    error instanceof KeboolaError ? error.facts : {};
  const noSuchJob = isAnother ?? kind === 'not-found';
  return {
    kind: 'no-answer',
    message: error.message,
    ...(tokenRefused && { tokenRefused }),
    ...(noSuchJob && { noSuchJob }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

export function isKeboolasDoing(error: unknown): error is KeboolaError | SettingsError {
  return error instanceof KeboolaError || error instanceof SettingsError;
}

/** The failure for an invalid input. An author who put a token into it must learn that the history keeps that token. */
export function refusal(problems: readonly InputProblem[]): Error {
  const leaked = problems.some(({ leaksToken }) => leaksToken);
  const rotate = leaked ? " The token is in this workflow's history now: revoke it and make a new one." : '';
  return failure('InvalidInput', problemsText(problems) + rotate, problems);
}
