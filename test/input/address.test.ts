import { expect, it } from 'vitest';
import { inAddress } from '../../src/input/address.js';

it.each([
  ['connection.keboola.com', 'connection.keboola.com'],
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
  ['[::1]', '[::1]'],
])('the host %s stands before a port as %s', (host, written) => {
  expect(inAddress(host)).toBe(written);
});
