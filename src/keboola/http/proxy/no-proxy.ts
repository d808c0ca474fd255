import { BlockList, isIP } from 'node:net';

/**
 * Whether `NO_PROXY` names a host, by curl's rules: entries separated by commas or blanks, each of them a name (which
 * includes its subdomains), an address, a range of addresses, or `*`. An entry with a port holds for that port only.
 *
 * @param host without brackets.
 */
export function isExempt(noProxy: string, host: string, port: number): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry, host.toLowerCase().replace(/\.$/, ''), port));
}

const ENTRY = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/;

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const { ipv6, name = entry, port: wanted } = ENTRY.exec(entry)?.groups ?? {};
  if (wanted !== undefined && Number(wanted) !== port) return false;
  const pattern = ipv6 ?? name;
  if (pattern.includes('/')) return isInRange(pattern, host);
  const suffix = pattern.replace(/^\*?\./, '').replace(/\.$/, '');
  if (host === suffix) return true;
  return !isIP(host) && host.endsWith(`.${suffix}`);
}

function isInRange(range: string, host: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(host) || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const ranges = new BlockList();
  ranges.addSubnet(network, Number(bits), type);
  return ranges.check(host, type);
}
