import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../src/keboola/errors.js';
import { isLoopback, TokenOrigins } from '../../src/keboola/origins.js';

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

describe('plain http', () => {
  test.each([
    'http://connection.keboola.com',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://localhost.x',
  ])('to %s is refused', (url) => {
    expect(() => TokenOrigins.of(url)).toThrow(/plain http to another machine.*KBC_ALLOW_HTTP_HOSTS/s);
  });

  test('is spoken to a host that is listed, in any case', () => {
    expect(TokenOrigins.of('http://keboola.test', ['Keboola.Test']).base.hostname).toBe('keboola.test');
    expect(() => TokenOrigins.of('http://other.test', ['keboola.test', ''])).toThrow(SettingsError);
  });

  test.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'])('stays on this machine with %s', (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(true);
  });

  test.each(['128.0.0.1', 'localhost.evil.example', '127.evil.example', '[::2]'])('leaves it with %s', (host) => {
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(false);
  });
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

  test('on loopback is the same port or nothing', () => {
    expect(() => TokenOrigins.of('http://127.0.0.1:8787').accept('http://127.0.0.1:8788')).toThrow(SettingsError);
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

function messageOf(url: string): string {
  try {
    TokenOrigins.of(url);
    return expect.unreachable('the address was taken');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
