import { expect, it } from 'vitest';
import { findLockHolder } from '../../../src/keboola/syrup/lock-holder.js';

const waiting = { id: 2, lockName: 'docker-12-keboola.ex-http-7' };

it('is the running job with the same lock', () => {
  expect(
    findLockHolder(waiting, [
      { id: 1, lockName: 'other' },
      { id: 3, lockName: waiting.lockName },
    ]),
  ).toBe('3');
});

it('may have an id that is a text, and is nobody where it shows no id', () => {
  const { lockName } = waiting;
  expect(findLockHolder(waiting, [{ id: 'a-1', lockName }])).toBe('a-1');
  expect(findLockHolder(waiting, [{ lockName }])).toBeUndefined();
});

it('is not found by a lock that is no name', () => {
  expect(findLockHolder({ id: 1, lockName: 5 }, [{ id: 2, lockName: 5 }])).toBeUndefined();
});

it('is not the job itself, which an index that lags may show as running', () => {
  expect(findLockHolder(waiting, [waiting])).toBeUndefined();
});

it.each([undefined, null, 7, {}, { lockName: '' }, { lockName: 5 }])('is nobody for a document like %j', (document) => {
  expect(findLockHolder(document, [{ id: 1, lockName: '' }, { id: 2 }, null, 'job'])).toBeUndefined();
});
