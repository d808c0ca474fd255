import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { isRunId } from '../../../src/job/run-id.js';

/** Run ids that differ as little as possible: worse than random ones for a weak hash. */
function similarRunId(index: number): string {
  return `01890a5d-ac96-774b-bcce-${index.toString(16).padStart(12, '0')}`;
}

test('a fence is fifteen digits that start with 9 and fit a number exactly', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uuid(), fc.string()), fc.nat(1_000_000), (runId, attempt) => {
      const fence = fenceFor(runId, attempt);
      expect(fence).toMatch(/^9\d{14}$/);
      expect(String(Number(fence))).toBe(fence);
      expect(isRunId(fence)).toBe(true);
    }),
  );
});

test('a fence is the same on every replay', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(100), (runId, attempt) => {
      expect(fenceFor(runId, attempt)).toBe(fenceFor(runId, attempt));
    }),
  );
});

test('a fence never changes between versions, or a lost job could not be found after an upgrade', () => {
  expect(fenceFor('01890a5d-ac96-774b-bcce-b302099a8057', 1)).toBe('992453413161060');
});

test('each attempt has a fence of its own', () => {
  const fences = Array.from({ length: 1_000 }, (_, attempt) =>
    fenceFor('01890a5d-ac96-774b-bcce-b302099a8057', attempt),
  );
  expect(new Set(fences).size).toBe(1_000);
});

test('100,000 random run ids have 100,000 fences', () => {
  const fences = new Set(Array.from({ length: 100_000 }, () => fenceFor(randomUUID(), 1)));
  expect(fences.size).toBe(100_000);
});

test('100,000 run ids that differ in their last digits have 100,000 fences', () => {
  const fences = new Set(Array.from({ length: 100_000 }, (_, index) => fenceFor(similarRunId(index), 1)));
  expect(fences.size).toBe(100_000);
});

test('fences are spread evenly, so that few share a prefix', () => {
  const buckets = new Array<number>(100).fill(0);
  for (let index = 0; index < 100_000; index++) {
    const bucket = Number(fenceFor(similarRunId(index), 1).slice(1, 3));
    buckets[bucket] = buckets[bucket]! + 1;
  }
  // A thousand each, with a standard deviation of 31.
  expect(Math.min(...buckets)).toBeGreaterThan(800);
  expect(Math.max(...buckets)).toBeLessThan(1_200);
});
