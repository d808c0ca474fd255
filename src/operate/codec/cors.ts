import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** What Temporal's Web UI sends beside the payloads. */
const HEADERS = 'content-type, authorization, x-namespace';
const PREFLIGHT_SECONDS = '600';

/** Lets the pages of named origins read the answers, and nobody else's; also from the Internet on this machine. */
export function corsHeaders({ origin }: IncomingHttpHeaders, origins: readonly string[]): OutgoingHttpHeaders {
  if (origin === undefined || !origins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': HEADERS,
    'access-control-allow-private-network': 'true',
    'access-control-max-age': PREFLIGHT_SECONDS,
  };
}

/** A browser asks so whether its page may ask; with no token, because none of it may come along. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
