import type { CreateOutcome } from '../../job/create/creation.js';
import { KeboolaError, type KeboolaErrorKind } from '../http/keboola-error.js';

/**
 * What a failed creating POST proves: the one table that decides whether it may be sent again.
 *
 * `unavailable` is unknown because Keboola writes the job before it queues it and answers 500 when the second step
 * fails (keboola/syrup `Controller/ApiController.php`); `protocol` is unknown because a 202 with a broken body made a job.
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

/**
 * The refusals that Keboola means, by what their texts have in common (keboola/docker-bundle `ApiController.php`,
 * keboola/syrup `BaseController.php`). Any other 400 may be a passing failure of Storage: while it draws the ids of a
 * job the controller turns every error of Storage, 5xx included, into a 400, and has written nothing yet.
 */
const MEANT = [
  /\btoken\b/i,
  /\b(bad|invalid|malformed) json\b/i,
  /component .*not found/i,
  /\bspecify\b/i,
  /not allowed/i,
  /read-?only/i,
  /credit/i,
  /job queue|queuev2/i,
  /not (a number|scalar)|invalid type/i,
];

/** Whoever answers these has not even tried: no method, no version of HTTP (RFC 9110). */
const PROVABLE_REFUSALS = [501, 505];
/** A network on the way wants a login first and has let nothing through (RFC 6585). */
const NETWORK_LOGIN = 511;

/** The outcome of a POST that threw. Anything but a KeboolaError is our own fault and proves nothing. */
export function outcomeOfFailedPost(error: unknown): CreateOutcome {
  if (!(error instanceof KeboolaError)) return { kind: 'unknown', message: String(error) };
  const { message, facts } = error;
  const kind = outcomeKindOf(error);
  if (kind === 'refused') {
    if (error.kind === 'unauthorized') return { kind, type: 'TokenRefused', message };
    const perhapsPassing = facts.status === 400 && !MEANT.some((words) => words.test(facts.reason));
    return { kind, type: 'CreateRefused', message, ...(perhapsPassing && { perhapsPassing }) };
  }
  if (kind === 'not-sent' || kind === 'refused-for-now') {
    return {
      ...{ kind, message },
      ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }),
      ...(error.isTokenUnknown && { tokenRefused: true }),
    };
  }
  return { kind: 'unknown', message };
}

function outcomeKindOf(error: KeboolaError): CreateOutcome['kind'] {
  const { kind, facts } = error;
  const { status = 0 } = facts;
  // Before anything else Keboola asks who it is; a renewed token is let in.
  if (error.isTokenUnknown) return 'refused-for-now';
  if (PROVABLE_REFUSALS.includes(status)) return 'refused';
  return status === NETWORK_LOGIN ? 'refused-for-now' : OUTCOMES[kind];
}
