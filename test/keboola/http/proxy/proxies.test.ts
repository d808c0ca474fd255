import { describe, expect, it } from 'vitest';
import { Proxies, type ProxySettings } from '../../../../src/keboola/http/proxy/proxies.js';

const both: ProxySettings = { https: 'http://secure.example:3128', http: 'plain.example:8080' };
const ask = (settings: ProxySettings, address: string): string | undefined => {
  const { protocol, hostname } = new URL(address);
  return new Proxies(settings).for({ protocol, hostname, port: protocol === 'https:' ? 443 : 80 })?.name;
};

describe('a proxy', () => {
  it.each([
    ['https://connection.keboola.com', 'secure.example:3128'],
    ['http://keboola.internal', 'plain.example:8080'],
  ])('is the one for the scheme of the address: %s', (address, name) => {
    expect(ask(both, address)).toBe(name);
  });

  it.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'https://127.1.2.3', 'http://[::1]:1'])(
    'is not asked for this machine: %s',
    (address) => expect(ask(both, address)).toBeUndefined(),
  );

  it('is not asked for this machine by the address that a connector is told, either', () => {
    expect(new Proxies(both).for({ protocol: 'https:', hostname: '::1', port: 443 })).toBeUndefined();
    expect(new Proxies(both).for({ protocol: 'https:', hostname: 'fd00::1', port: 443 })?.name).toBe(
      'secure.example:3128',
    );
  });

  it.each([
    ['socks5://me:hiddenword@proxy:1080', 'names a proxy of socks5'],
    ['http://', 'is no address of a proxy'],
    ['http://me:hidden%word@proxy', 'write %25 for it'],
  ])('of an address that cannot be used is refused at start, without the password: %s', (https, words) => {
    expect(() => new Proxies({ https })).toThrow(words);
    expect(() => new Proxies({ https })).not.toThrow(/hidden/);
  });
});
