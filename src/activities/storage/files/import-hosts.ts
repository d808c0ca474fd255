/**
 * Whether an address is at one of the hosts of a list, however those are written: in capitals, with the port that is meant
 * anyway, with letters of any language. A host without a scheme is one of https.
 */
export function isListed(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) => originOf(host) === url.origin);
}

function originOf(host: string): string | undefined {
  return URL.parse(host.includes('://') ? host : `https://${host}`)?.origin;
}
