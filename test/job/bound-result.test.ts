import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundResult, RESULT_BYTES_MAX } from '../../src/job/bound-result.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function nested(levels: number): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

test('nothing, null and an empty object leave no result', () => {
  for (const nothing of [undefined, null, {}, []]) expect(boundResult(nothing)).toEqual({});
});

test('a result that fits is kept whole and not marked', () => {
  const result = { message: 'Imported 5 tables', images: [[{ id: 'x', digests: [] }]], configVersion: 3 };
  expect(boundResult(result)).toEqual({ result });
});

test('a result of exactly the limit is kept, and one of a byte more is not', () => {
  const exact = { text: 'x'.repeat(100 - bytesOf({ text: '' })) };
  expect(boundResult(exact, 100)).toEqual({ result: exact });
  expect(boundResult({ text: exact.text + 'x' }, 100).truncated).toBe(true);
});

test('bytes are counted, not characters', () => {
  const result = { text: 'ž'.repeat(60) };
  expect(boundResult(result, 100).truncated).toBe(true);
});

test('a result that is too large is cut to its short texts and numbers, and says so', () => {
  const result = {
    message: 'm'.repeat(5_000),
    rows: 12,
    ok: true,
    images: new Array(100_000).fill('image'),
  };
  expect(boundResult(result)).toEqual({
    result: { message: 'm'.repeat(1_000), rows: 12, ok: true },
    truncated: true,
  });
});

test('no JSON makes a bounded result larger than its limit', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 2, max: 300 }), (json, bytesMax) => {
      const { result, truncated } = boundResult(json, bytesMax);
      if (result !== undefined) expect(bytesOf(result)).toBeLessThanOrEqual(bytesMax);
      if (truncated) expect(bytesOf(json)).toBeGreaterThan(bytesMax);
      else if (result !== undefined) expect(result).toBe(json);
    }),
  );
});

test('a result with very many keys stays within its limit', () => {
  const result = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key-${index}`, index]));
  const bound = boundResult(result);
  expect(bound.truncated).toBe(true);
  expect(bytesOf(bound.result)).toBeLessThanOrEqual(RESULT_BYTES_MAX);
  expect(bytesOf(bound.result)).toBeGreaterThan(RESULT_BYTES_MAX / 2);
});

test('a result too deep to be written down again is cut instead of failing the read', () => {
  expect(boundResult({ message: 'kept', deep: nested(100_000) })).toEqual({
    result: { message: 'kept' },
    truncated: true,
  });
});
