import { expect, it } from 'vitest';
import { isExempt } from '../../../../src/keboola/http/proxy/no-proxy.js';

it.each([
  ['keboola.com', 'keboola.com'],
  ['keboola.com', 'connection.keboola.com'],
  ['.keboola.com', 'connection.keboola.com'],
  ['*.keboola.com', 'connection.keboola.com'],
  ['a.com, KEBOOLA.com', 'Connection.Keboola.com.'],
  ['a.com keboola.com:443', 'connection.keboola.com'],
  ['*', 'anything.example'],
  ['10.1.2.3', '10.1.2.3'],
  ['10.0.0.0/8', '10.1.2.3'],
  ['10.1.0.0/16', '10.1.2.3'],
  ['10.1.2.3/32', '10.1.2.3'],
  ['0.0.0.0/0', '10.1.2.3'],
  ['fd00::/8', 'fd00::1'],
  ['fd00::/64', 'fd00::1'],
  ['fd00::1/128', 'fd00::1'],
  ['[fd00::]/64,fd00::/100', 'fd00::1'],
  ['fd00::1', 'fd00::1'],
  ['[fd00::1]:443', 'fd00::1'],
])('%j names %s', (noProxy, host) => {
  expect(isExempt(noProxy, host, 443)).toBe(true);
});

it.each([
  ['', 'keboola.com'],
  [' , ,', 'keboola.com'],
  ['keboola.com', 'notkeboola.com'],
  ['connection.keboola.com', 'keboola.com'],
  ['keboola.com:8443', 'connection.keboola.com'],
  ['1.2.3', '0.1.2.3'],
  ['10.0.0.0/8', '11.1.2.3'],
  ['10.1.2.3/33', '10.1.2.3'],
  ['10.0.0.0/99', '10.1.2.3'],
  ['10.0.0.0/1000', '10.1.2.3'],
  ['10.0.0.0/', '10.1.2.3'],
  ['10.0.0.0/x8', '10.1.2.3'],
  ['10.0.0.0/8x', '10.1.2.3'],
  ['10.0.0.0/8', 'ten.example'],
  ['10.0.0.0/8', 'fd00::1'],
  ['10.0.0.0/8', '::ffff:10.1.2.3'],
  ['fd00::/64', 'fd00:1::1'],
  ['fd00::1/129', 'fd00::1'],
  ['fd00::/8', '10.1.2.3'],
  ['ten/8', 'ten.example'],
  ['ten/8', '10.1.2.3'],
])('%j does not name %s', (noProxy, host) => {
  expect(isExempt(noProxy, host, 443)).toBe(false);
});
