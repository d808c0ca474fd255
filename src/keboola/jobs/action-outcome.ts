import type { ActionOutcome } from '../../job/action-outcome.js';
import type { FailureType } from '../../job/failure/failure-types.js';
import { withFeatureAdvice } from '../connection/dialect.js';
import { KeboolaError, type KeboolaErrorFacts } from '../http/keboola-error.js';
import { NETWORK_LOGIN, PROVABLE_REFUSALS } from './create-outcome.js';
import { asSentence } from '../../job/text/as-sentence.js';

const RAN_PERHAPS = 'It is not known whether the action has run';
const TOO_LONG = /exceeded the timeout/i;
/** Refusals that do not come from a component: there is no such action (405), or the project may not call it (403). */
const REFUSALS: Partial<Record<number, FailureType>> = { 405: 'InvalidInput', 403: 'ConnectionNotUsable' };

/**
 * What a failed call of a synchronous action means (keboola/docker-bundle `ActionController.php`). If the component
 * exits with 1, it has a message for its user and Keboola answers 400, as it does when the 45 s are over. A higher exit
 * code becomes 500. Any other 5xx comes from a proxy, not from Keboola.
 *
 * @throws any error that is not a failed exchange.
 */
export function outcomeOfFailedCall(error: unknown): ActionOutcome {
  if (!(error instanceof KeboolaError)) throw error;
  const { message, facts } = error;
  switch (error.kind) {
    case 'not-sent':
    case 'throttled':
    case 'maintenance':
      return notCalled(facts, message);
    case 'unauthorized':
      return failed('TokenRefused', facts, message);
    case 'not-found':
      return failed('InvalidInput', facts, message);
    case 'refused':
      return refused(facts, message);
    case 'no-job':
    case 'protocol':
      return failed('ProtocolError', facts, `${asSentence(message)} The action has run, but its answer cannot be used`);
    case 'unavailable':
      return unavailable(facts, message);
    case 'interrupted':
      return failed('KeboolaUnreachable', facts, `${asSentence(message)} ${RAN_PERHAPS}`, true);
  }
}

function notCalled({ retryAfterMs }: KeboolaErrorFacts, message: string): ActionOutcome {
  return { kind: 'not-called', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function unavailable(facts: KeboolaErrorFacts, message: string): ActionOutcome {
  const { status } = facts;
  if (status === 500) return failed('ActionApplicationError', facts, message, true);
  if (PROVABLE_REFUSALS.includes(status)) return failed('ConnectionNotUsable', facts, message);
  if (status === NETWORK_LOGIN) return notCalled(facts, message);
  return failed('KeboolaUnreachable', facts, `${asSentence(message)} ${RAN_PERHAPS}`, true);
}

function refused(facts: KeboolaErrorFacts, message: string): ActionOutcome {
  if (TOO_LONG.test(facts.reason)) return failed('ActionTimedOut', facts, message, true);
  if (facts.lacksFeature !== undefined) {
    return failed('ConnectionNotUsable', facts, withFeatureAdvice(message, facts));
  }
  return failed(REFUSALS[facts.status ?? 0] ?? 'ActionUserError', facts, message);
}

function failed(
  type: FailureType,
  { exceptionId }: KeboolaErrorFacts,
  message: string,
  mayTryAgain = false,
): ActionOutcome {
  return { kind: 'failed', type, message, mayTryAgain, ...(exceptionId !== undefined && { exceptionId }) };
}
