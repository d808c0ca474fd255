import { describe, expect, test } from 'vitest';
import { checkRunJobInput } from '../../src/input/check-input.js';
import { problemsText } from '../../src/input/find-problems.js';

function wordsFor(wrong: object): string {
  const check = checkRunJobInput({ component: 'c', config: '1', ...wrong });
  return check.ok ? '' : problemsText(check.problems);
}

describe('a refusal of an input', () => {
  test.each([
    [{ parentRunId: '' }, 'parentRunId: is an empty text; give one, or leave it out'],
    [{ rows: [] }, 'rows: is an empty list; name at least one, or leave it out'],
    [{ configData: 'x' }, 'configData: expected a JSON object, such as {"parameters":{}}, got a text'],
  ])('is in plain words: %j', (wrong, words) => {
    expect(wordsFor(wrong)).toContain(words);
  });

  test('has no semicolon behind the end of a sentence', () => {
    const problem = (message: string): { path: string; message: string } => ({ path: 'a', message });
    expect(problemsText([problem('is wrong'), problem('is none.'), problem('Is it "b"?'), problem('last')])).toBe(
      'a: is wrong; a: is none. a: Is it "b"? a: last',
    );
  });
});
