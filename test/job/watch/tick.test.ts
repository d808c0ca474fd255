import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextDelayMs } from '../../../src/job/wait/poll-schedule.js';
import { COUNTED_MAX, PROOF_MS, tickMs } from '../../../src/job/watch/tick.js';

const HOUR_MS = 3_600_000;

test('nothing in flight needs no look', () => {
  expect(tickMs([])).toBeUndefined();
});

test('a job alone is looked for as often as it would be read by itself', () => {
  expect(tickMs([0])).toBe(1_000);
  expect(tickMs([100_000])).toBe(10_000);
  expect(tickMs([HOUR_MS])).toBe(60_000);
});

test('a young job among old ones sets the pace', () => {
  expect(tickMs([5_000, HOUR_MS, HOUR_MS])).toBe(1_000);
});

test('two old jobs are looked for twice as often as one', () => {
  expect(tickMs([HOUR_MS, HOUR_MS])).toBe(30_000);
});

test('as many jobs as are counted are seen within a second, however old they are', () => {
  expect(tickMs(Array.from({ length: COUNTED_MAX }, () => 8 * HOUR_MS))).toBe(1_000);
});

test('a list that has proved nothing yet is asked for as often as proof needs, and no more often than its jobs are read', () => {
  expect(
    tickMs(
      Array.from({ length: COUNTED_MAX }, () => 0),
      false,
    ),
  ).toBe(PROOF_MS);
  expect(tickMs([HOUR_MS, HOUR_MS], false)).toBe(30_000);
  expect(tickMs([], false)).toBeUndefined();
});

test('a look costs no more requests than the jobs would by themselves, and is made once a second at most', () => {
  const ages = fc.array(fc.integer({ min: 0, max: 8 * HOUR_MS }), { minLength: 1, maxLength: COUNTED_MAX });
  fc.assert(
    fc.property(ages, (agesMs) => {
      const alone = agesMs.reduce(
        (sum, ageMs) => sum + 1_000 / nextDelayMs({ phase: 'processing', ageMs, random: () => 0.5 }),
        0,
      );
      const tick = tickMs(agesMs) ?? 0;
      expect(tick).toBeGreaterThanOrEqual(1_000);
      expect(1_000 / tick).toBeLessThanOrEqual(alone * 1.01);
    }),
  );
});
