/** The one name that nobody's DNS answers; of `.localhost` and of what `/etc/hosts` of Linux has beside it, a resolver may. */
const LOCALHOST = /^localhost\.?$/;
const NAMES = /^(?:(?:[\w-]+\.)*localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)\.?$/;
/** Also `127.0.0.0/8` inside of IPv6, and what is bound to everything and called by that address. */
const ADDRESSES = /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/;

/**
 * Whether a host of a URL, which spells addresses in one way only, is this machine and surely nothing else: for what is
 * permitted here alone, such as plain http with the token.
 */
export function isLoopback(hostname: string): boolean {
  return LOCALHOST.test(hostname) || ADDRESSES.test(hostname);
}

/** Whether it may be this machine, as most resolvers have it: for what is refused to others here, and for advice. */
export function mayBeLoopback(hostname: string): boolean {
  return NAMES.test(hostname) || ADDRESSES.test(hostname);
}

/** A host as it stands before a port; undici takes the brackets of an IPv6 address away. */
export function inAddress(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
