import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../../src/input/settings-error.js';
import { TokenOrigins } from '../../../src/keboola/connection/origins.js';
import { isLoopback } from '../../../src/input/address.js';
import { PERHAPS_THIS_MACHINE } from '../../support/names-of-this-machine.js';

const KEBOOLA = 'https://connection.keboola.com';

describe('the configured address', () => {
  test.each([
    [KEBOOLA, KEBOOLA],
    ['connection.keboola.com', KEBOOLA],
    ['https://CONNECTION.keboola.com/', KEBOOLA],
    ['https://connection.keboola.com/admin?x=y', KEBOOLA],
    ['connection.keboola.com:8443', 'https://connection.keboola.com:8443'],
    ['http://localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
  ])('%s is taken', (url, origin) => {
    expect(TokenOrigins.of(url).base.origin).toBe(origin);
  });

  test.each([
    '',
    '   ',
    'ftp://connection.keboola.com',
    'file:///etc/passwd',
    'https://',
    'https://keboola:99999',
    'javascript:alert(1)',
  ])('%j is no web address', (url) => {
    expect(() => TokenOrigins.of(url)).toThrow(SettingsError);
  });

  test('may not stand in quotes, as a file of variables that no shell reads may have it', () => {
    const words = '"https://connection.keboola.com" is not a web address; leave out the quotes around it.';
    expect(messageOf('"https://connection.keboola.com"')).toBe(words);
    expect(messageOf("'connection.keboola.com'")).toContain('leave out the quotes');
  });

  test('may not carry a user or a password, and the refusal does not repeat them', () => {
    for (const url of ['https://user:hunter2@connection.keboola.com', 'https://user@connection.keboola.com']) {
      expect(() => TokenOrigins.of(url)).toThrow(/carries a user or a password/);
    }
    expect(messageOf('ftp://user:hunter2@host')).not.toContain('hunter2');
  });

  test('that is in truth a token is not repeated', () => {
    expect(messageOf('ftp://1134-53044-abcDEF1234567890')).not.toContain('abcDEF');
  });
});

describe('a host that may be reached by plain http', () => {
  test.each(['http://lab', 'lab:8787', 'lab/', 'a b', '', 'user@lab', '1134-53044-abcDEF1234567890@lab', '*.lab'])(
    'is not %j, which would allow nothing',
    (host) => {
      const refused = (): unknown => TokenOrigins.of(KEBOOLA, [host]);
      expect(refused).toThrow(SettingsError);
      expect(refused).toThrow('is not the name of a host');
      expect(refused).not.toThrow('abcDEF');
    },
  );

  test.each(['lab', 'Keboola.Internal', '10.0.0.1', '[fd00::1]'])('is %s', (host) => {
    expect(TokenOrigins.of(`http://${host}:8787`, [host]).base.port).toBe('8787');
  });
});

describe('plain http', () => {
  test.each([
    'http://connection.keboola.com',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://localhost.x',
  ])('to %s is refused', (url) => {
    expect(() => TokenOrigins.of(url)).toThrow(/plain http to another machine.*KBC_ALLOW_HTTP_HOSTS/s);
  });

  test.each(PERHAPS_THIS_MACHINE)('to %s, which DNS may answer, is refused unless it is listed', (host) => {
    expect(() => TokenOrigins.of(`http://${host}:8787`)).toThrow(
      /plain http to another machine.*KBC_ALLOW_HTTP_HOSTS/s,
    );
    expect(TokenOrigins.of(`http://${host}:8787`, [host]).base.hostname).toBe(host);
    expect(() => TokenOrigins.of('http://localhost:8787').accept(`http://${host}:8787`)).toThrow(
      /outside of the stack/,
    );
  });

  test('is spoken to a host that is listed, in any case', () => {
    expect(TokenOrigins.of('http://keboola.test', ['Keboola.Test']).base.hostname).toBe('keboola.test');
    expect(() => TokenOrigins.of('http://other.test', ['keboola.test', ''])).toThrow(SettingsError);
  });

  test.each([
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.1',
    '127.9.9.9',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '[::]',
  ])('stays on this machine with %s', (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(true);
  });

  test.each(['128.0.0.1', 'localhost.evil.example', '127.evil.example', '[::2]', '[::ffff:128.0.0.1]', '0.0.0.1'])(
    'leaves it with %s',
    (host) => {
      expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(false);
    },
  );
});

describe('a service that the index names', () => {
  test.each([
    [KEBOOLA, 'https://syrup.keboola.com'],
    [KEBOOLA, 'https://connection.keboola.com/v2'],
    ['https://connection.eu-central-1.keboola.com', 'https://docker-runner.eu-central-1.keboola.com'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ])('of %s at %s gets the token', (base, service) => {
    expect(TokenOrigins.of(base).accept(service).href).toBe(new URL(service).href);
  });

  test.each([
    ['another party', 'https://syrup.example.com'],
    ['a name that only ends alike', 'https://evilkeboola.com'],
    ['a name that only starts alike', 'https://connection.keboola.com.evil.example'],
    ['a host two levels down', 'https://a.b.keboola.com'],
    ['the bare domain', 'https://keboola.com'],
    ['a sibling without TLS', 'http://syrup.keboola.com'],
    ['another port', 'https://syrup.keboola.com:8443'],
    ['this machine', 'http://127.0.0.1:1'],
    ['a sibling with a password', 'https://user:pw@syrup.keboola.com'],
    ['no address', 'nonsense://x'],
  ])('at %s does not', (_, service) => {
    expect(() => TokenOrigins.of(KEBOOLA).accept(service)).toThrow(SettingsError);
  });

  test.each([
    ['http://localhost:8787', 'http://127.0.0.1:8787/docker', 'http://localhost:8787/docker'],
    ['http://127.0.0.1:8787', 'http://localhost:8787', 'http://127.0.0.1:8787/'],
    ['http://[::1]:8787', 'http://127.3.2.1:8787', 'http://[::1]:8787/'],
    ['https://localhost', 'https://127.0.0.1:443', 'https://localhost/'],
  ])('of this machine may be named otherwise than in the settings: %s, %s', (base, service, accepted) => {
    expect(TokenOrigins.of(base).accept(service).href).toBe(accepted);
  });

  test.each([
    ['another port', 'http://127.0.0.1:8788'],
    ['another port under another name', 'http://localhost:8788'],
    ['TLS, which is another service', 'https://localhost:8787'],
    ['another machine on the same port', 'http://keboola.test:8787'],
  ])('on this machine is the same service or nothing: not %s', (_, service) => {
    const origins = TokenOrigins.of('http://127.0.0.1:8787', ['keboola.test']);
    expect(() => origins.accept(service)).toThrow(/outside of the stack/);
  });

  test.each(['https://connection.com', 'https://keboola.com', 'https://storage.keboola.com'])(
    'has no siblings under %s',
    (base) => {
      expect(() => TokenOrigins.of(base).accept('https://syrup.com')).toThrow(SettingsError);
      expect(() => TokenOrigins.of(base).accept('https://syrup.keboola.com')).toThrow(SettingsError);
    },
  );

  test('is never at a host of which the stack is not the end, whatever text it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string()), (text) => {
        try {
          const { hostname, protocol } = TokenOrigins.of(KEBOOLA).accept(text);
          expect(hostname).toMatch(/^[^.]+\.keboola\.com$/);
          expect(protocol).toBe('https:');
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError);
        }
      }),
    );
  });
});

describe('an address that Keboola names for a file', () => {
  const ACCOUNT = 'https://account.blob.core.windows.net/';

  test.each([
    [KEBOOLA, ACCOUNT],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787/blobs'],
    ['http://localhost:8787', 'http://127.0.0.1:9999/blobs'],
    ['http://localhost:8787', ACCOUNT],
  ])('of %s is used: %s', (base, address) => {
    expect(TokenOrigins.of(base).acceptForFiles(address).href).toBe(address);
  });

  test.each([
    'http://127.0.0.1:9200/',
    'http://localhost:2375/',
    'https://localhost/',
    'http://[::1]:80/',
    'http://0.0.0.0:80/',
    'https://[::ffff:127.0.0.1]/',
    'http://2130706433/',
  ])('of a stack elsewhere is none of this machine: %s', (address) => {
    expect(() => TokenOrigins.of(KEBOOLA).acceptForFiles(address)).toThrow(/which is this machine.*Nothing was sent/s);
    const listed = TokenOrigins.of('http://keboola.test', ['keboola.test']);
    expect(() => listed.acceptForFiles(address)).toThrow(/which is this machine/);
  });

  test.each(PERHAPS_THIS_MACHINE)('of a stack elsewhere is none that may be this machine: %s', (host) => {
    const accept = (base: string) => TokenOrigins.of(base).acceptForFiles(`https://${host}/blobs`).hostname;
    expect(() => accept(KEBOOLA)).toThrow(/which is this machine.*Nothing was sent/s);
    expect(() => accept('https://other.localhost')).toThrow(/which is this machine/);
    expect([accept('http://localhost:8787'), accept(`https://${host}`)]).toEqual([host, host]);
  });

  test('is one of this machine where that is listed', () => {
    const origins = TokenOrigins.of(KEBOOLA, ['localhost']);
    expect(origins.acceptForFiles('http://localhost:10000/').href).toBe('http://localhost:10000/');
  });

  test.each(['https://user:hunter2@account.blob.core.windows.net/', 'https://user@account.blob.core.windows.net/'])(
    'carries no user and no password, and the refusal does not repeat them: %s',
    (address) => {
      const accept = (): URL => TokenOrigins.of(KEBOOLA).acceptForFiles(address);
      expect(accept).toThrow(/carries a user or a password/);
      expect(accept).not.toThrow(/hunter2|user@/);
    },
  );

  test.each(['http://account.blob.core.windows.net/', 'ftp://account/', 'blob'])('is protected: not %s', (address) => {
    expect(() => TokenOrigins.of(KEBOOLA).acceptForFiles(address)).toThrow(SettingsError);
  });
});

function messageOf(url: string): string {
  try {
    TokenOrigins.of(url);
    return expect.unreachable('the address was taken');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
