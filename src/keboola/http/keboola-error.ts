import type { Obstacle } from './obstacle.js';

/**
 * What can go wrong between us and Keboola, classified by what a caller may conclude from it.
 *
 * - `not-sent`: no byte of the request reached Keboola (connection refused, DNS, TLS).
 * - `interrupted`: the exchange broke or timed out after the request may have arrived.
 * - `unauthorized`: the token was refused (401, 403).
 * - `not-found`: 404.
 * - `refused`: any other 4xx, and a 403 because of a feature that the project lacks; final.
 * - `throttled`: 429.
 * - `maintenance`: 503 with Syrup's `Project is disabled`.
 * - `unavailable`: any other 5xx.
 * - `no-job`: a call that should create a job got a complete answer without one.
 * - `protocol`: an answer that is not what the contract says (HTML, broken JSON, too large, a redirect).
 */
export type KeboolaErrorKind =
  | 'not-sent'
  | 'interrupted'
  | 'unauthorized'
  | 'not-found'
  | 'refused'
  | 'throttled'
  | 'maintenance'
  | 'unavailable'
  | 'no-job'
  | 'protocol';

export interface KeboolaErrorFacts {
  kind: KeboolaErrorKind;
  method: string;
  /** Path only: an address may carry credentials in its query or user part. */
  path: string;
  /** What was wrong, without the request. */
  reason: string;
  status?: number;
  /** The feature that the project lacks, if that is why the request was refused. */
  lacksFeature?: string;
  /** The id that Keboola's support asks for. */
  exceptionId?: string;
  retryAfterMs?: number;
  /** What is in the way, if `reason` already says what to do about it. */
  obstacle?: Obstacle['kind'];
  /** The answer shows another job than ours. */
  isAnother?: true;
  /** A file store's own error code, such as `ExpiredToken`. */
  storeCode?: string;
  /** The store's time in epoch milliseconds, if it refused a request because of the request's time. */
  storeTimeMs?: number;
  /** The answer exceeded our size limit; as far as it was read, it was fine. */
  tooLarge?: true;
}

/** RFC 9110, 15.5.2. Storage and Syrup answer it to a token that was deleted, has expired or never existed. */
const TOKEN_UNKNOWN = 401;

const SILENT: readonly KeboolaErrorKind[] = ['not-sent', 'interrupted', 'unavailable', 'maintenance', 'throttled'];

/** One failed exchange. Its message names method, path, status and exception id, and never a token. */
export class KeboolaError extends Error {
  override readonly name = 'KeboolaError';

  constructor(readonly facts: KeboolaErrorFacts) {
    super(sentence(facts));
  }

  get kind(): KeboolaErrorKind {
    return this.facts.kind;
  }

  /** Keboola does not know the token (401): a new one fixes that. A known token without permission gets a 403. */
  get isTokenUnknown(): boolean {
    return this.facts.status === TOKEN_UNKNOWN;
  }

  /** Keboola gave no answer to the request for now; the same request may be sent again later. */
  get isSilence(): boolean {
    return SILENT.includes(this.kind);
  }
}

function sentence({ method, path, status, reason, exceptionId }: KeboolaErrorFacts): string {
  const answer = status === undefined ? '' : ` answered ${status}`;
  const id = exceptionId === undefined ? '' : ` (exception id ${exceptionId})`;
  return `${method} ${path}${answer}: ${reason}${id}`;
}
