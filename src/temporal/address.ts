import { inAddress, mayBeLoopback } from '../input/address.js';

/** Where a Temporal server is: `host:port`, as the SDK takes it. */
export interface Place {
  host: string;
  port: number;
}

/** What an address reveals about the server behind it, and so about the advice that helps. */
export type PlaceKind = 'this-machine' | 'temporal-cloud' | 'elsewhere';

const PORT = 7233;
const PORT_MAX = 65_535;
const FORM = /^(?:\[(?<ipv6>[0-9a-f.:]+)\]|(?<name>[^\s:/[\]]+))(?::(?<port>\d{1,5}))?$/i;
/** The endpoints of namespaces and of regions (docs.temporal.io/cloud/namespaces). */
const CLOUD = /\.(tmprl\.cloud|api\.temporal\.io)$/i;

/**
 * @returns undefined for anything but `host` and `host:port`, such as an address with `https://`, or a port of 70000.
 */
export function parseAddress(address: string): Place | undefined {
  const { ipv6, name, port: digits = PORT } = FORM.exec(address)?.groups ?? {};
  const host = ipv6 ?? name;
  const port = Number(digits);
  return host === undefined || port < 1 || port > PORT_MAX ? undefined : { host, port };
}

/** A text that is no address counts as `elsewhere`. */
export function placeKind(address: string): PlaceKind {
  const host = parseAddress(address)?.host ?? '';
  if (mayBeLoopback(URL.parse(`http://${inAddress(host)}`)?.hostname ?? '')) return 'this-machine';
  return CLOUD.test(host) ? 'temporal-cloud' : 'elsewhere';
}
