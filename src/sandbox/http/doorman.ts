import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** What the sandbox listens on and is called by. */
export interface Door {
  /** The `host` option. */
  host: string;
  publicUrl: string | undefined;
}

/** Names and addresses that are or may be this machine; a test compares those of the client, `src/input/address.ts`. */
const LOCALHOST = /^localhost\.?$/;
const NAMES = /^(?:(?:[\w-]+\.)*localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)\.?$/;
const ADDRESSES = /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/;
const EVERYWHERE = new Set(['0.0.0.0', '::']);

/**
 * Why a request is refused; undefined if it is let in. Any web page that a developer visits can send requests to the
 * developer's machine and, by pointing a DNS name of its own there, even read the answers. Such a page cannot forge the
 * Host that it calls or its own Origin. A request without a Host comes from no page: browsers always send it.
 */
export function refusalOf({ host = '', origin }: IncomingHttpHeaders, door: Door): string | undefined {
  const called = URL.parse(`http://${host}`);
  if (host !== '' && !isOurs(called?.hostname ?? '', door)) {
    return `The sandbox is not called "${host}". Start it with that name as its --host or in its --public-url.`;
  }
  if (origin === undefined || isOwnOrigin(URL.parse(origin), called, door)) return undefined;
  return `Pages of ${origin} may not talk to the sandbox, only its own. See its --public-url.`;
}

/** Whether a hostname is certainly this machine; DNS may resolve other names to anything. */
export function isLoopback(hostname: string): boolean {
  return LOCALHOST.test(hostname) || ADDRESSES.test(hostname);
}

/** Whether a hostname may be this machine, by any name that resolvers have for it. */
export function mayBeLoopback(hostname: string): boolean {
  return NAMES.test(hostname) || ADDRESSES.test(hostname);
}

/** The sandbox's own pages call the host of their origin. Only hosts count: a proxy may have terminated TLS. */
function isOwnOrigin(origin: URL | null, called: URL | null, { publicUrl }: Door): boolean {
  if (origin === null || origin.host === '') return false;
  return origin.host === called?.host || origin.host === URL.parse(publicUrl ?? '')?.host;
}

function isOurs(name: string, { host, publicUrl }: Door): boolean {
  if (mayBeLoopback(name) || isAnyOfOurs(name, host)) return true;
  const bound = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}`)?.hostname;
  return name !== '' && (name === bound || name === URL.parse(publicUrl ?? '')?.hostname);
}

/** A sandbox that listens everywhere may be called by any IP address or the machine's name: no page can own those. */
function isAnyOfOurs(name: string, host: string): boolean {
  if (!EVERYWHERE.has(host)) return false;
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === hostname().toLowerCase();
}
