import type { ActionOutcome } from '../../job/action-outcome.js';
import type { FailureType } from '../../job/failure/failure-types.js';
import { withFeatureAdvice } from '../connection/dialect.js';
import { KeboolaError, type KeboolaErrorFacts } from '../http/keboola-error.js';
import { NETWORK_LOGIN, PROVABLE_REFUSALS } from './create-outcome.js';

const RAN_PERHAPS = 'It is not known whether the action has run';
const TOO_LONG = /exceeded the timeout/i;
/** Those that no component has said: of an action that is none, and of a project that may not. */
const REFUSALS: Partial<Record<number, FailureType>> = { 405: 'InvalidInput', 403: 'ConnectionNotUsable' };

/**
 * What a failed call of a synchronous action means (keboola/docker-bundle `ActionController.php`): a component that ends
 * with 1 has something to say to its user and Keboola answers 400 with it, as it does where the 45 s are over; one that
 * ends with more is answered as 500. No other 5xx is Keboola's own word: then a proxy has spoken.
 *
 * @throws whatever is no failed exchange.
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
      return failed('ProtocolError', facts, `${message}. The action has run, but its answer is of no use`);
    case 'unavailable':
      return unavailable(facts, message);
    case 'interrupted':
      return failed('KeboolaUnreachable', facts, `${message}. ${RAN_PERHAPS}`, true);
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
  return failed('KeboolaUnreachable', facts, `${message}. ${RAN_PERHAPS}`, true);
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
