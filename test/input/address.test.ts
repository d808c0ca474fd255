import { expect, it } from 'vitest';
import { inAddress, isLoopback, mayBeLoopback } from '../../src/input/address.js';
import { ELSEWHERE, PERHAPS_THIS_MACHINE, THIS_MACHINE } from '../support/names-of-this-machine.js';

it.each([
  ['connection.keboola.com', 'connection.keboola.com'],
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
  ['[::1]', '[::1]'],
])('the host %s stands before a port as %s', (host, written) => {
  expect(inAddress(host)).toBe(written);
});

it.each(THIS_MACHINE)('the host %j is this machine', (host) => {
  expect([isLoopback(host), mayBeLoopback(host)]).toEqual([true, true]);
});

it.each(PERHAPS_THIS_MACHINE)(
  'the host %j may be this machine, and is not taken for it where that permits anything',
  (host) => {
    expect([isLoopback(host), mayBeLoopback(host)]).toEqual([false, true]);
  },
);

it.each(ELSEWHERE)('the host %j is another one', (host) => {
  expect([isLoopback(host), mayBeLoopback(host)]).toEqual([false, false]);
});
