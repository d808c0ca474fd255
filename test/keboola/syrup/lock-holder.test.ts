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

it('is not the job itself, which an index that lags may show as running', () => {
  expect(findLockHolder(waiting, [waiting])).toBeUndefined();
});

it.each([undefined, null, 7, {}, { lockName: '' }, { lockName: 5 }])('is nobody for a document like %j', (document) => {
  expect(findLockHolder(document, [{ id: 1, lockName: '' }, { id: 2 }, null, 'job'])).toBeUndefined();
});
