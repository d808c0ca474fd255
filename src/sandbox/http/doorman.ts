import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** What the sandbox is bound to and called by. */
export interface Door {
  /** The host of its options. */
  host: string;
  publicUrl: string | undefined;
}

/** The names and addresses that are or may be this machine for a client of ours, `src/input/address.ts`; a test holds them together. */
const LOCALHOST = /^localhost\.?$/;
const NAMES = /^(?:(?:[\w-]+\.)*localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)\.?$/;
const ADDRESSES = /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/;
const EVERYWHERE = new Set(['0.0.0.0', '::']);

/**
 * Why a request is not let in; undefined where it is. Any page that a developer looks at may send requests to his own
 * machine, and by a name of its own that it points there it could even read the answers. What such a page cannot forge is
 * the Host that it calls and the Origin that it has. Without a Host there is no page: browsers always send it.
 */
export function refusalOf({ host = '', origin }: IncomingHttpHeaders, door: Door): string | undefined {
  const called = URL.parse(`http://${host}`);
  if (host !== '' && !isOurs(called?.hostname ?? '', door)) {
    return `The sandbox is not called "${host}". Start it with that name as its --host or in its --public-url.`;
  }
  if (origin === undefined || isOwnOrigin(URL.parse(origin), called, door)) return undefined;
  return `Pages of ${origin} may not talk to the sandbox, only its own. See its --public-url.`;
}

/** Whether a host of an address is this machine and surely nothing else; other names DNS may answer. */
export function isLoopback(hostname: string): boolean {
  return LOCALHOST.test(hostname) || ADDRESSES.test(hostname);
}

/** Whether it may be this machine, by any name that resolvers have for it. */
export function mayBeLoopback(hostname: string): boolean {
  return NAMES.test(hostname) || ADDRESSES.test(hostname);
}

/** A page of ours is at the address that it calls; TLS may have ended before us. */
function isOwnOrigin(origin: URL | null, called: URL | null, { publicUrl }: Door): boolean {
  if (origin === null || origin.host === '') return false;
  return origin.host === called?.host || origin.host === URL.parse(publicUrl ?? '')?.host;
}

function isOurs(name: string, { host, publicUrl }: Door): boolean {
  if (mayBeLoopback(name) || isAnyOfOurs(name, host)) return true;
  const bound = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}`)?.hostname;
  return name !== '' && (name === bound || name === URL.parse(publicUrl ?? '')?.hostname);
}

/** Where it listens everywhere, any address and the machine's own name lead to it; no page has those for its own. */
function isAnyOfOurs(name: string, host: string): boolean {
  if (!EVERYWHERE.has(host)) return false;
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === hostname().toLowerCase();
}
