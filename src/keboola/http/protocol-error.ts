import { KeboolaError } from './keboola-error.js';

/** The error for an answer that violates the API's contract. */
export function protocolError(method: string, url: URL, reason: string, status?: number): KeboolaError {
  return new KeboolaError({ kind: 'protocol', method, path: url.pathname, reason, ...(status && { status }) });
}
