import type { CreateOutcome } from '../../job/create/creation.js';
import { KeboolaError, type KeboolaErrorFacts, type KeboolaErrorKind } from '../http/keboola-error.js';

/**
 * What a failed creating POST proves: the only table that decides whether it may be sent again.
 *
 * `unavailable` is unknown because Keboola writes the job before it queues it, and answers 500 if the second step fails
 * (keboola/syrup `Controller/ApiController.php`). `protocol` is unknown because a 202 with a broken body created a job.
 */
const OUTCOMES: Record<KeboolaErrorKind, CreateOutcome['kind']> = {
  'not-sent': 'not-sent',
  interrupted: 'unknown',
  unauthorized: 'refused',
  'not-found': 'refused',
  refused: 'refused',
  throttled: 'refused-for-now',
  maintenance: 'refused-for-now',
  unavailable: 'unknown',
  'no-job': 'refused',
  protocol: 'unknown',
};

/** A server that answers these has not even tried: unsupported method or HTTP version (RFC 9110). */
export const PROVABLE_REFUSALS: readonly (number | undefined)[] = [501, 505];
/** A network on the way wants a login first and let nothing through (RFC 6585). */
export const NETWORK_LOGIN = 511;

/**
 * The outcome of a POST that threw. Anything but a KeboolaError is our own bug and proves nothing.
 *
 * @param mayPass tells, by a service's own words, whether its refusal may be temporary.
 */
export function outcomeOfFailedPost(
  error: unknown,
  mayPass: (refusal: KeboolaErrorFacts) => boolean = () => false,
): CreateOutcome {
  if (!(error instanceof KeboolaError)) return { kind: 'unknown', message: String(error) };
  const { message, facts } = error;
  const kind = outcomeKindOf(error);
  if (kind === 'refused') {
    if (error.kind === 'unauthorized') return { kind, type: 'TokenRefused', message };
    return { kind, type: 'CreateRefused', message, ...(mayPass(facts) && { perhapsPassing: true }) };
  }
  if (kind === 'not-sent' || kind === 'refused-for-now') {
    return {
      kind,
      message,
      ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }),
      ...(error.isTokenUnknown && { tokenRefused: true }),
    };
  }
  return { kind: 'unknown', message };
}

function outcomeKindOf(error: KeboolaError): CreateOutcome['kind'] {
  const { kind, facts } = error;
  const { status = 0 } = facts;
  // Keboola checks the token before anything else, so nothing was created; a new token will be accepted.
  if (error.isTokenUnknown) return 'refused-for-now';
  if (PROVABLE_REFUSALS.includes(status)) return 'refused';
  return status === NETWORK_LOGIN ? 'refused-for-now' : OUTCOMES[kind];
}
