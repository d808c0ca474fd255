import { expect, test } from 'vitest';
import { doublingMs } from '../../../src/job/wait/doubling.js';

test('a delay doubles from the least to the most, and stays there however many tries follow', () => {
  const delays = [0, 1, 2, 3, 4, 5, 10_000].map((tries) => doublingMs(tries, 1_000, 15_000));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});
