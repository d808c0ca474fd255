/** The one name that no DNS answers; a resolver may ask DNS for `*.localhost`, or for the aliases in `/etc/hosts`. */
const LOCALHOST = /^localhost\.?$/;
const NAMES = /^(?:(?:[\w-]+\.)*localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)\.?$/;
/** Includes `127.0.0.0/8` mapped into IPv6, and the wildcard addresses, by which a server bound to all is reachable. */
const ADDRESSES = /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/;

/**
 * Whether the host of a URL is certainly this machine: for what is only allowed here, such as sending the token over
 * plain http. `URL` spells every address in one way only.
 */
export function isLoopback(hostname: string): boolean {
  return LOCALHOST.test(hostname) || ADDRESSES.test(hostname);
}

/** Whether a host is this machine for most resolvers: for what is refused on loopback addresses, and for advice. */
export function mayBeLoopback(hostname: string): boolean {
  return NAMES.test(hostname) || ADDRESSES.test(hostname);
}

/** A host as it is written before a port; undici strips the brackets of an IPv6 address. */
export function inAddress(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
