import { describe, expect, it } from 'vitest';
import { tooDeepAt } from '../../../src/input/text/bounds.js';
import { NESTING_MAX } from '../../../src/job/text/too-deep.js';

describe('a text of JSON', () => {
  it.each([
    ['lists', '[', ']', 200],
    ['maps', '{"a":', '}', 1_000],
  ])('is too deep at the first bracket beyond 200 levels of %s', (_, open, close, at) => {
    const nested = (levels: number): string => `${open.repeat(levels)}1${close.repeat(levels)}`;
    expect(tooDeepAt(nested(NESTING_MAX))).toBeUndefined();
    expect(tooDeepAt(nested(NESTING_MAX + 1))).toBe(at);
    expect(tooDeepAt(nested(NESTING_MAX + 50))).toBe(at);
  });

  it.each([
    ['lists beside each other', `[${'[],'.repeat(1_000)}[]]`],
    ['maps beside each other', `[${'{},'.repeat(1_000)}{}]`],
    ['values beside each other', `[${'12,'.repeat(1_000)}12]`],
    ['brackets in texts', `["${'['.repeat(1_000)}","\\"${'{'.repeat(1_000)}"]`],
    ['a text that never ends', `["${'['.repeat(1_000)}`],
    ['a text that ends in the middle of an escape', `["${'['.repeat(1_000)}\\`],
    ['nothing', ''],
  ])('is not too deep by %s', (_, json) => {
    expect(tooDeepAt(json)).toBeUndefined();
  });
});
