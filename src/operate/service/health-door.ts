import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { inAddress } from '../../input/address.js';

const LOOPBACK = /^(?:(?:::ffff:)?127\.|::1$)/;
const LOCALHOST = /^localhost\.?$/;

/**
 * Whether a request may come from a web page. A page that somebody visits on this machine can send requests to it and,
 * by pointing a DNS name of its own at a loopback address, even read the answers. It cannot forge the Host that it calls.
 * Probes call an address, or a name that leads here from another machine; programs on this one, also its own name, which
 * Debian has on a loopback address, and no page can own. A request without a Host comes from no page.
 *
 * @param localAddress the address of this machine that the connection has.
 * @param host what the server listens on; it may be called by that name.
 */
export function mayBeOfPage(headers: IncomingHttpHeaders, localAddress: string | undefined, host: string): boolean {
  if (headers.origin !== undefined) return true;
  if (headers.host === undefined || !LOOPBACK.test(localAddress ?? '')) return false;
  const called = URL.parse(`http://${headers.host}`)?.hostname ?? '';
  const isAddress = isIP(called.replace(/^\[|\]$/g, '')) !== 0;
  const ours = [hostname().toLowerCase(), URL.parse(`http://${inAddress(host)}`)?.hostname];
  return !isAddress && !LOCALHOST.test(called) && !ours.includes(called);
}
