import { errors as undici } from 'undici';
import { KeboolaError } from './keboola-error.js';
import { obstacleIn } from './obstacle.js';

/** The connection, including TLS, was never established: proof that nothing was sent. Error codes do not prove that. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** The request whose exchange broke. */
interface Asked {
  method: string;
  url: URL;
  timeoutMs: number;
  bytesMax: number;
}

/** What we know about the exchange besides its error. */
interface Course {
  timedOut: boolean;
  /** There was no connection on which the request could have been sent. */
  notSent?: boolean;
}

/** The error for an exchange without a complete answer, by what it proves. */
export function transportError(
  { method, url, timeoutMs, bytesMax }: Asked,
  cause: unknown,
  { timedOut, notSent = false }: Course,
): KeboolaError {
  const facts = { method, path: url.pathname };
  if (cause instanceof undici.ResponseExceededMaxSizeError) {
    const reason = `the answer is larger than ${bytesMax} bytes`;
    return new KeboolaError({ ...facts, kind: 'protocol', reason, tooLarge: true });
  }
  if (cause instanceof NotConnected || notSent) {
    const obstacle = obstacleIn(url.origin, cause instanceof NotConnected ? cause.cause : cause, errorCode(cause));
    if (obstacle) {
      return new KeboolaError({ ...facts, kind: 'not-sent', reason: obstacle.text, obstacle: obstacle.kind });
    }
    const reason = `cannot reach ${url.origin} (${timedOut ? `no connection in ${timeoutMs} ms` : errorCode(cause)})`;
    return new KeboolaError({ ...facts, kind: 'not-sent', reason });
  }
  if (timedOut) {
    return new KeboolaError({ ...facts, kind: 'interrupted', reason: `no whole answer in ${timeoutMs} ms` });
  }
  return new KeboolaError({ ...facts, kind: 'interrupted', reason: `the connection broke (${errorCode(cause)})` });
}

/** A refused dual-stack connection hides its code in an AggregateError. */
function errorCode(cause: unknown): string {
  if (cause instanceof NotConnected) return errorCode(cause.cause);
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorCode(cause.errors[0]);
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown cause';
}
