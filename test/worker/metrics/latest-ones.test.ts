import { expect, it } from 'vitest';
import { LatestOnes } from '../../../src/worker/metrics/latest-ones.js';

it('knows what has come lately, and forgets the oldest first', () => {
  const latest = new LatestOnes(2);
  expect(['a', 'a', 'b', 'c', 'b', 'a'].map((one) => latest.isNew(one))).toEqual([
    true,
    false,
    true,
    true,
    false,
    true,
  ]);
});
