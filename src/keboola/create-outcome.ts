import type { CreateOutcome } from '../job/creation.js';
import { KeboolaError, type KeboolaErrorKind } from './errors.js';

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
  protocol: 'unknown',
};

/** The outcome of a POST that threw. Anything but a KeboolaError is our own fault and proves nothing. */
export function outcomeOfFailedPost(error: unknown): CreateOutcome {
  if (!(error instanceof KeboolaError)) return { kind: 'unknown', message: String(error) };
  const { message, facts } = error;
  const kind = OUTCOMES[error.kind];
  if (kind === 'refused') {
    return { kind, type: error.kind === 'unauthorized' ? 'TokenRefused' : 'CreateRefused', message };
  }
  if (kind === 'not-sent' || kind === 'refused-for-now') {
    return { kind, message, ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }) };
  }
  return { kind: 'unknown', message };
}
