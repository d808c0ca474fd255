import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { checkRunJobInput } from '../../src/input/check-input.js';
import { issueProblems, problemsText } from '../../src/input/find-problems.js';
import type { InputProblem } from '../../src/input/input-problem.js';
import { RunJobInputSchema } from '../../src/input/schemas/run-job.js';

const GOOD = { component: 'keboola.ex-db-mysql', config: 'orders' };

function problemsOf(input: unknown): InputProblem[] {
  const check = checkRunJobInput(input);
  return check.ok ? [] : check.problems;
}

describe('a word without quotes', () => {
  test.each([
    ['number', { config: 12 }],
    ['boolean', { branchId: true }],
  ])('where a text is wanted is a %s, and what to do is told', (kind, field) => {
    const message = `expected a text, got ${kind === 'boolean' ? 'true or false' : 'a number'}; write it in quotes`;
    expect(problemsOf({ ...GOOD, ...field })).toEqual([{ path: Object.keys(field)[0], message }]);
  });

  test('is no advice for a list', () => {
    expect(problemsOf({ ...GOOD, config: [] })[0]?.message).toBe('expected a text, got a list');
  });
});

describe('a number that JSON or JavaScript has changed, or would change', () => {
  test.each([
    ['beyond 2^53', 2 ** 60, 'the number 1152921504606847000 is beyond 2^53 - 1'],
    ['rounded already', Number('23851234567890123'), 'may have been rounded; write it in quotes'],
    ['negative', -(2 ** 53), 'beyond 2^53 - 1'],
    ['infinite', Infinity, 'Infinity is not a JSON number'],
    ['none', NaN, 'NaN is not a JSON number'],
  ])('is refused with its path: %s', (_, number, words) => {
    for (const field of ['configData', 'params']) {
      expect(problemsOf({ ...GOOD, [field]: { accounts: [{ id: number }] } })).toEqual([
        { path: `${field}.accounts.0.id`, message: expect.stringContaining(words) as string },
      ]);
    }
  });

  test.each([0, -0, 0.1, 1.1, 1e3, Number.MAX_SAFE_INTEGER, 5e-324, 0.30000000000000004])('%d is none', (number) => {
    expect(problemsOf({ ...GOOD, configData: { number } })).toEqual([]);
  });

  test('does not tell a token that is a key above it', () => {
    const told = problemsText(problemsOf({ ...GOOD, configData: { '1134-53044-secretsecretsecret': 2 ** 60 } }));
    expect(told).toContain('configData.***');
    expect(told).not.toContain('secretsecret');
  });
});

test('advice on unknown fields is made for those alone that can be shown', () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `confi${index % 10}`);
  const [issue] = RunJobInputSchema.safeParse({ ...GOOD, confi0: 1 }).error?.issues ?? [];
  const problems = issueProblems({ ...(issue as z.core.$ZodIssueUnrecognizedKeys), keys }, RunJobInputSchema);
  expect(problems).toHaveLength(1_000);
  expect(problems[0]?.message).toBe('unknown field. Did you mean "config"?');
  expect(problems.filter(({ message }) => message !== 'unknown field')).toHaveLength(50);
});
