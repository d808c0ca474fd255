import { describe, expect, it } from 'vitest';
import { Proxies, unheardProxy, type ProxySettings } from '../../../../src/keboola/http/proxy/proxies.js';
import { PERHAPS_THIS_MACHINE } from '../../../support/names-of-this-machine.js';

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

  it.each(PERHAPS_THIS_MACHINE)('is asked for %s, which it may know better', (host) => {
    expect(ask(both, `https://${host}`)).toBe('secure.example:3128');
  });

  it('is not asked for this machine by the address that a connector is told, either', () => {
    expect(new Proxies(both).for({ protocol: 'https:', hostname: '::1', port: 443 })).toBeUndefined();
    expect(new Proxies(both).for({ protocol: 'https:', hostname: 'fd00::1', port: 443 })?.name).toBe(
      'secure.example:3128',
    );
  });

  it.each([
    ['http://proxy.example', { protocol: 'http:', hostname: 'proxy.example', port: 80, name: 'proxy.example:80' }],
    ['https://proxy.example', { protocol: 'https:', hostname: 'proxy.example', port: 443, name: 'proxy.example:443' }],
    [
      'HTTPS://proxy.example:80/',
      { protocol: 'https:', hostname: 'proxy.example', port: 80, name: 'proxy.example:80' },
    ],
    ['proxy.example:8080', { protocol: 'http:', hostname: 'proxy.example', port: 8080, name: 'proxy.example:8080' }],
    [
      'proxy.example/?as=http://x',
      { protocol: 'http:', hostname: 'proxy.example', port: 80, name: 'proxy.example:80' },
    ],
    ['http://[fd00::2]:3128', { protocol: 'http:', hostname: 'fd00::2', port: 3128, name: '[fd00::2]:3128' }],
  ])('is taken from its address: %s', (http, proxy) => {
    expect(new Proxies({ http }).for({ protocol: 'http:', hostname: 'kbc.test', port: 80 })).toStrictEqual(proxy);
  });

  it.each([
    ['http://me:p%40ss@proxy', 'me:p@ss'],
    ['me@proxy:1', 'me:'],
  ])('is told the user and the password of its address: %s', (https, pair) => {
    expect(new Proxies({ https }).for({ protocol: 'https:', hostname: 'kbc.test', port: 443 })?.authorization).toBe(
      `Basic ${Buffer.from(pair).toString('base64')}`,
    );
  });

  it.each<ProxySettings>([{}, { https: '' }, { https: undefined, http: 'proxy' }])(
    'is none where none is named: %j',
    (settings) => {
      expect(ask(settings, 'https://connection.keboola.com')).toBeUndefined();
    },
  );

  it('for all is asked where there is none for the scheme of the address', () => {
    const all = 'http://all.example:1080';
    expect(ask({ all }, 'https://connection.keboola.com')).toBe('all.example:1080');
    expect(ask({ all }, 'http://keboola.internal')).toBe('all.example:1080');
    expect(ask({ ...both, all }, 'https://connection.keboola.com')).toBe('secure.example:3128');
    expect(ask({ all, except: '*' }, 'https://connection.keboola.com')).toBeUndefined();
    expect(() => new Proxies({ all: 'ftp://proxy' })).toThrow('ALL_PROXY names a proxy of ftp;');
  });

  it.each(['socks5://me:hiddenword@proxy:1080', 'SOCKS5H://me:hiddenword@proxy', 'socks://me:hiddenword@proxy'])(
    'for all of SOCKS is not asked, which is told without its password: %s',
    (all) => {
      expect(ask({ all }, 'https://connection.keboola.com')).toBeUndefined();
      expect(unheardProxy({ all })).toMatch(
        /^ALL_PROXY names a socks\w* proxy, which is not supported and not used for Keboola/,
      );
      expect(unheardProxy({ all })).not.toContain('hiddenword');
      expect(unheardProxy({ ...both, all })).toBeUndefined();
    },
  );

  it.each<ProxySettings>([{}, { all: 'http://proxy' }, both])('that is heard is not told of: %j', (settings) => {
    expect(unheardProxy(settings)).toBeUndefined();
  });

  it('is told to be unusable by the name of its variable, with an example', () => {
    const failure = (settings: ProxySettings): unknown => {
      try {
        return new Proxies(settings);
      } catch (error) {
        return error;
      }
    };
    const advice = 'expected for example http://proxy.example.com:3128.';
    expect(failure({ https: 'socks5://proxy:1080' })).toMatchObject({
      name: 'SettingsError',
      message: `HTTPS_PROXY names a proxy of socks5; ${advice}`,
    });
    expect(failure({ http: 'socks5://' })).toMatchObject({
      message: `HTTP_PROXY is not the address of a proxy; ${advice}`,
    });
  });

  it.each([
    ['socks5://me:hiddenword@proxy:1080', 'names a proxy of socks5'],
    ['http://', 'is not the address of a proxy'],
    ['http://me:hidden%word@proxy', 'write %25 for it'],
  ])('of an address that cannot be used is refused at start, without the password: %s', (https, words) => {
    expect(() => new Proxies({ https })).toThrow(words);
    expect(() => new Proxies({ https })).not.toThrow(/hidden/);
  });
});
