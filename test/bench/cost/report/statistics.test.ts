import { expect, it } from 'vitest';
import { mean, median, percentile, rotated, slope } from '../../../../bench/cost/report/statistics.js';

it('finds median and percentiles whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(percentile([30, 10, 20, 40], 0.5)).toBe(20);
  expect(percentile([30, 10, 20, 40], 0.95)).toBe(40);
  expect(percentile([], 0.5)).toBeUndefined();
  expect(mean([1, 2, 6])).toBe(3);
});

it('lets another row begin each round, and none stay behind', () => {
  expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
});

it('tells the price of a read from points that scatter', () => {
  expect(slope([1, 2, 3].map((x) => ({ x, y: 10 + 4 * x })))).toBeCloseTo(4);
  expect(
    slope([
      { x: 0, y: 1 },
      { x: 0, y: -1 },
      { x: 2, y: 6 },
    ]),
  ).toBeCloseTo(3);
  expect(slope([{ x: 1, y: 5 }])).toBeNaN();
});
