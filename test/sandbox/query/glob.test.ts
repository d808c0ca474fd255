import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../../src/sandbox/query/glob.js';

describe('a wildcard pattern', () => {
  it.each([
    ['runs of text', '999.*', '999.1.2', true],
    ['the dot itself', '999.*', '9991', false],
    ['no text at all', 'a*', 'a', true],
    ['one character', 'a?c', 'abc', true],
    ['not less than one', 'a?c', 'ac', false],
    ['an escaped star', 'a\\*', 'a*', true],
    ['an escaped star literally', 'a\\*', 'ab', false],
    ['the end', 'a*c', 'abcb', false],
  ])('knows %s', (_what, glob, value, expected) => {
    expect(compileGlob(glob)(value)).toBe(expected);
  });

  it('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(glob, text, (pattern, value) => {
        const source = pattern.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
        return compileGlob(pattern)(value) === new RegExp(`^${source}$`).test(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of many stars is decided at once', () => {
    expect(compileGlob(`${'a*'.repeat(1_000)}b`)('a'.repeat(10_000))).toBe(false);
  });
});
