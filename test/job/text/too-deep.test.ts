import { describe, expect, it } from 'vitest';
import { isTooDeep, NESTING_MAX } from '../../../src/job/text/too-deep.js';

function nested(levels: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) value = { v: value };
  return value;
}

describe('a value', () => {
  it('may be nested as deep as is allowed, and no deeper', () => {
    expect(isTooDeep(nested(NESTING_MAX))).toBe(false);
    expect(isTooDeep(nested(NESTING_MAX + 1))).toBe(true);
  });

  it('may be nested deeper than any stack and still be told', () => {
    expect(isTooDeep(nested(1_000_000))).toBe(true);
  });

  it('that holds itself is too deep', () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(isTooDeep(value)).toBe(true);
  });

  it('may hold the same part many times', () => {
    let value: unknown = {};
    for (let level = 1; level < 100; level++) value = { one: value, other: value };
    expect(isTooDeep(value)).toBe(false);
  });
});
