import { describe, expect, it } from 'vitest';
import { folded } from '../../../src/cli/text/folded.js';

describe('a text that is broken into lines', () => {
  it('is broken at blanks, and a wider word goes on in the next line', () => {
    expect(folded('one two seventeen', 7)).toEqual(['one two', 'sevente', 'en']);
  });

  it('keeps every character whole', () => {
    expect(folded('abc🦆🦆🦆', 4)).toEqual(['abc', '🦆🦆', '🦆']);
    expect(folded('🦆🦆', 1)).toEqual(['🦆', '🦆']);
  });
});
