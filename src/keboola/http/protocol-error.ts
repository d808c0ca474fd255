import { KeboolaError } from './keboola-error.js';

/** An answer that is not what the contract says. */
export function protocolError(method: string, url: URL, reason: string, status?: number): KeboolaError {
  return new KeboolaError({ kind: 'protocol', method, path: url.pathname, reason, ...(status && { status }) });
}
