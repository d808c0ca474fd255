import { expect, test } from 'vitest';
import { Connection, type ConnectionSettings } from '../../../src/keboola/connection/connection.js';
import { TokenGone } from '../../../src/keboola/connection/errors.js';

function connection(more: Partial<ConnectionSettings> = {}): Connection {
  return new Connection({ name: 'default', url: 'https://connection.keboola.com/', token: () => 'token', ...more });
}

test('the limit of the project is respected unless its connection says otherwise', () => {
  expect(connection().respectsProjectLimit).toBe(true);
  expect(connection({ respectProjectLimit: true }).respectsProjectLimit).toBe(true);
  expect(connection({ respectProjectLimit: false }).respectsProjectLimit).toBe(false);
});

test('a project is watched unless its connection says otherwise', () => {
  expect(connection().isWatched).toBe(true);
  expect(connection({ watch: true }).isWatched).toBe(true);
  expect(connection({ watch: false }).isWatched).toBe(false);
});

test('a hundred requests a second are the limit unless its connection says otherwise, and twice as many after a rest', () => {
  expect(connection().budget).toEqual({ requestsPerSecond: 100, burst: 200 });
  expect(connection({ requestsPerSecond: 5 }).budget).toEqual({ requestsPerSecond: 5, burst: 10 });
  expect(connection({ requestsPerSecond: 0.1 }).budget).toEqual({ requestsPerSecond: 0.1, burst: 1 });
  expect(connection({ requestsPerSecond: 5, requestBurst: 1 }).budget).toEqual({ requestsPerSecond: 5, burst: 1 });
});

test('where there is no token, the advice says where it should come from', () => {
  expect(() => connection({ token: () => '' }).token()).toThrow('Set KBC_TOKEN.');
  expect(() => connection({ token: () => '', tokenAdvice: 'Set MINE.' }).token()).toThrow('Set MINE.');
});

test.each([
  ['is empty', () => ''],
  ['holds what no header can carry', () => 'half\0'],
])('a token that was good before and %s now has gone, and may come back', (_, now) => {
  const tokens = [(): string => 'token', now, (): string => 'token'];
  const settings = connection({ token: () => tokens.shift()?.() ?? '' });
  expect(settings.token()).toBe('token');
  expect(() => settings.token()).toThrow(TokenGone);
  expect(settings.token()).toBe('token');
});

test.each(['kbc_pat_0123456789abcdef', 'kbc_at_0123456789abcdef'])(
  'a programmatic token is refused by its kind alone, since no job API is known to take it: %s',
  (token) => {
    const read = (): string => connection({ token: () => token }).token();
    expect(read).toThrow(/"default" is a programmatic one \(kbc_p?at_…\).* Set KBC_TOKEN\.$/);
    expect(read).not.toThrow('0123456789abcdef');
  },
);

test('a token that was never there is a mistake of the settings', () => {
  expect(() => connection({ token: () => '' }).token()).not.toThrow(TokenGone);
  expect(() => connection({ token: () => '' }).token()).toThrow('has no Storage token');
});
