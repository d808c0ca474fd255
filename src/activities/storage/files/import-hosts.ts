/**
 * Whether an address is at one of the listed hosts, however these are written: in capitals, with the default port, with
 * letters of any language. A host without a scheme means https.
 */
export function isListed(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) => originOf(host) === url.origin);
}

function originOf(host: string): string | undefined {
  return URL.parse(host.includes('://') ? host : `https://${host}`)?.origin;
}
