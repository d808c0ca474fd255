import type { Obstacle } from './obstacle.js';

/**
 * What can go wrong between us and Keboola, by what a caller may conclude from it.
 *
 * - `not-sent`: no byte of the request reached Keboola (connection refused, DNS, TLS).
 * - `interrupted`: the exchange broke or timed out after the request may have arrived.
 * - `unauthorized`: the token was refused (401, 403).
 * - `not-found`: 404.
 * - `refused`: any other 4xx, and a 403 that is about the project; final.
 * - `throttled`: 429.
 * - `maintenance`: 503 with Syrup's `Project is disabled`.
 * - `unavailable`: any other 5xx.
 * - `no-job`: a call that should make a job was answered in full, with something else.
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
  /** The feature that the project has not, where it is refused for that. */
  lacksFeature?: string;
  /** Keboola's support asks for it. */
  exceptionId?: string;
  retryAfterMs?: number;
  /** What is in the way, where the reason says itself what to do about it. */
  obstacle?: Obstacle['kind'];
  /** The job that was answered is another one than ours. */
  isAnother?: true;
  /** What a place for files calls it, such as `ExpiredToken`. */
  storeCode?: string;
  /** What time it is there, epoch milliseconds, where it refuses a request for the time of that. */
  storeTimeMs?: number;
  /** The answer was sound as far as it was read, and longer than we take. */
  tooLarge?: true;
}

/** RFC 9110, 15.5.2; Storage and Syrup say it to a token that was deleted, has expired, or never was. */
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

  /** Nobody knows the token (401): a renewed one mends that. One that is known and may not (403) stays as it is. */
  get isTokenUnknown(): boolean {
    return this.facts.status === TOKEN_UNKNOWN;
  }

  /** Keboola has given no answer to what was asked, for now: the same may be asked again later. */
  get isSilence(): boolean {
    return SILENT.includes(this.kind);
  }
}

function sentence({ method, path, status, reason, exceptionId }: KeboolaErrorFacts): string {
  const answer = status === undefined ? '' : ` answered ${status}`;
  const id = exceptionId === undefined ? '' : ` (exception id ${exceptionId})`;
  return `${method} ${path}${answer}: ${reason}${id}`;
}
