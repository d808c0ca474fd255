import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** Headers that Temporal's Web UI sends with the payloads. */
const HEADERS = 'content-type, authorization, x-namespace';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of the named origins, and no others, read the answers, also when a page on the Internet asks this machine.
 */
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

/** The question of a browser whether its page may ask. It has no token, because a preflight must not carry one. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
