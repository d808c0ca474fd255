import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isBelow,
  isChildOf,
  isRunId,
  joinRunId,
  nestingLevel,
  parentRunId,
  runIdSegments,
} from '../../src/job/run-id.js';

/** Whatever Keboola takes for a segment: anything but dots and blanks, in any script. */
const segment = fc.oneof(
  fc.bigInt({ min: 1n, max: 2n ** 64n }).map(String),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\s.]/.test(text)),
);
const segments = fc.array(segment, { minLength: 1, maxLength: 8 });

describe('a run id', () => {
  test('is its segments joined by dots, and splits into them again', () => {
    fc.assert(
      fc.property(segments, (parts) => {
        expect(runIdSegments(parts.join('.'))).toEqual(parts);
        expect(isRunId(parts.join('.'))).toBe(true);
      }),
    );
  });

  test('nests once per dot, as Keboola counts', () => {
    fc.assert(
      fc.property(segments, (parts) => {
        expect(nestingLevel(parts.join('.'))).toBe(parts.length - 1);
      }),
    );
  });

  test('grows by a segment for a child and gives its parent back', () => {
    fc.assert(
      fc.property(segments, segment, (parts, last) => {
        const parent = parts.join('.');
        const child = joinRunId(parent, last);
        expect(parentRunId(child)).toBe(parent);
        expect(nestingLevel(child)).toBe(nestingLevel(parent) + 1);
        expect(isChildOf(child, parent)).toBe(true);
        expect(isBelow(child, parent)).toBe(true);
      }),
    );
  });

  test('is below every one of its prefixes, and the child of the last one only', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 3, maxLength: 8 }), fc.nat(100), (parts, cut) => {
        const length = 1 + (cut % (parts.length - 2));
        const ancestor = parts.slice(0, length).join('.');
        expect(isBelow(parts.join('.'), ancestor)).toBe(true);
        expect(isChildOf(parts.join('.'), ancestor)).toBe(false);
      }),
    );
  });

  test('is neither below itself nor below what is below it', () => {
    fc.assert(
      fc.property(segments, segment, (parts, last) => {
        const runId = parts.join('.');
        expect(isBelow(runId, runId)).toBe(false);
        expect(isBelow(runId, joinRunId(runId, last))).toBe(false);
      }),
    );
  });

  test('is not below a run id that only starts with the same digits', () => {
    expect(isBelow('1234.5', '123')).toBe(false);
    expect(isBelow('123.5', '123')).toBe(true);
  });
});

describe('a root', () => {
  test('has no parent and nests nowhere', () => {
    fc.assert(
      fc.property(segment, (root) => {
        expect(parentRunId(root)).toBeUndefined();
        expect(nestingLevel(root)).toBe(0);
        expect(joinRunId(undefined, root)).toBe(root);
        expect(joinRunId('', root)).toBe(root);
      }),
    );
  });

  test('has nothing below it when it is empty', () => {
    expect(isBelow('1.2', '')).toBe(false);
    expect(isChildOf('.2', '')).toBe(false);
  });
});

describe('odd text', () => {
  test.each(['', '.', '1.', '.1', '1..2', '1. 2', 'a b', '1\n', '\t', '1.\u00a0'])('%j is no run id', (text) => {
    expect(isRunId(text)).toBe(false);
    expect(runIdSegments(text)).toEqual([]);
    expect(nestingLevel(text)).toBe(0);
    expect(isBelow(text, '1')).toBe(false);
  });

  test('is told from a run id by one rule everywhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '1', 'a', ' ', '\n', '\u00a0', 'ž'), maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('.', '1', 'a'), maxLength: 4 }),
        (text, ancestor) => {
          expect(isRunId(text)).toBe(runIdSegments(text).length > 0);
          if (isChildOf(text, ancestor)) expect(isBelow(text, ancestor)).toBe(true);
          if (isBelow(text, ancestor)) expect(isRunId(text)).toBe(true);
        },
      ),
    );
  });

  test('keeps wide ids apart that a number would round together', () => {
    expect(isBelow('9007199254740993.1', '9007199254740992')).toBe(false);
    expect(isBelow('007.1', '7')).toBe(false);
  });
});
