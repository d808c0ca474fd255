import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { inAddress, isLoopback } from '../../input/address.js';

/**
 * Whether a request may come from a web page. A page can send requests to the machine of its visitor and, by pointing a
 * DNS name at a loopback address, even read the answers. It cannot forge its Origin or the Host that it calls. So over a
 * loopback address only names are let in that no page can own: an IP address, `localhost`, the machine's own name, and
 * the one that the server listens on. Browsers always send a Host.
 *
 * @param localAddress the address of this machine that the connection uses.
 * @param host what the server listens on.
 */
export function mayBeOfPage(
  { origin, host: called }: IncomingHttpHeaders,
  localAddress: string | undefined,
  host: string,
): boolean {
  if (origin !== undefined) return true;
  if (called === undefined || !isLoopback(hostnameOf(inAddress(localAddress ?? '')))) return false;
  const name = hostnameOf(called);
  const isOurs = isLoopback(name) || name === hostname().toLowerCase() || name === hostnameOf(inAddress(host));
  return !isOurs && isIP(name.replace(/^\[|\]$/g, '')) === 0;
}

/** As `URL` spells it; empty where there is none. */
function hostnameOf(address: string): string {
  return URL.parse(`http://${address}`)?.hostname ?? '';
}
