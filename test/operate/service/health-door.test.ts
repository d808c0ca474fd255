import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { mayBeOfPage } from '../../../src/operate/service/health-door.js';

function isRefused(headers: IncomingHttpHeaders, localAddress: string, host = '0.0.0.0'): boolean {
  return mayBeOfPage(headers, localAddress, host);
}

it.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.evil.example', 'localhost:x', ''])(
  'a request over a loopback address that calls a foreign name is refused: %j',
  (host) => {
    for (const address of ['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1']) {
      expect(isRefused({ host }, address)).toBe(true);
    }
  },
);

it('a page is refused by its origin, from wherever it comes', () => {
  expect(isRefused({ host: '127.0.0.1:8080', origin: 'https://evil.example' }, '127.0.0.1')).toBe(true);
  expect(isRefused({ host: '10.0.0.7:8080', origin: 'null' }, '10.0.0.7')).toBe(true);
});

it.each(['127.0.0.1:8080', '[::1]:8080', 'localhost', 'LOCALHOST:8080', '10.0.0.7', hostname(), undefined])(
  'a program of this machine may ask %j',
  (host) => {
    expect(isRefused({ ...(host !== undefined && { host }) }, '127.0.0.1')).toBe(false);
  },
);

it('a probe from another machine may call this one by any name', () => {
  for (const address of ['10.0.0.7', '::ffff:10.0.0.7', 'fd00::7']) {
    expect(isRefused({ host: 'worker-7c9d:8080' }, address)).toBe(false);
  }
});

it('the name that the server listens on is its own', () => {
  expect(isRefused({ host: 'worker.internal:8080' }, '127.0.0.1', 'worker.internal')).toBe(false);
  expect(isRefused({ host: 'other.internal:8080' }, '127.0.0.1', 'worker.internal')).toBe(true);
});
