import { describe, expect, test } from 'vitest';
import { checkRunJobInput } from '../../../src/input/check-input.js';
import { problemsText } from '../../../src/input/find-problems.js';

const GOOD = { component: 'keboola.ex-db-mysql', config: 'orders' };

function problemsOf(input: object): string {
  const check = checkRunJobInput(input);
  return check.ok ? '' : problemsText(check.problems);
}

describe('a field', () => {
  test.each<[string, unknown[]]>([
    ['tag', ['.', '..', 'a/b', '-a', 'a b', 'x'.repeat(129)]],
    ['branchId', ['.', '..', 'a/b', '-1', '1.2', ' 1']],
    ['rows', [[], [''], [7], '7', {}]],
    ['flowTasks', [[], [''], [7], '7', {}]],
    ['parallelism', [0, 1, 101, 2.5, '2', 'all']],
    ['delay', ['90', 0, null]],
    ['backend', ['small', [], { size: 'small' }]],
    ['variableValuesData', [{}, { values: {} }, { values: [], more: 1 }, { values: [{ name: '', value: '' }] }]],
    ['queueTimeout', ['90', '-1s', 0, '366d', null, ['1s']]],
    ['runTimeout', ['soon', Number.NaN, true]],
  ])('%s may not be any of %j', (field, values) => {
    for (const value of values) expect(problemsOf({ ...GOOD, [field]: value })).toMatch(new RegExp(`^${field}[.:]`));
  });

  test.each([
    [{ parallelism: 1 }, 'parallelism: not a number of parallel rows; expected 2 to 100, or "infinity"'],
    [{ backend: { type: 'huge' } }, 'backend.type: expected "'],
    [{ delayedStartTime: '2026-11-28T07:00:00' }, 'delayedStartTime: not a time with a time zone'],
    [
      { delay: '1m', delayedStartTime: '2026-11-28T07:00:00Z' },
      'delayedStartTime: cannot be given together with "delay"',
    ],
    [{ variableValuesData: { values: [{ name: 'a', value: 1 }] } }, 'variableValuesData.values.0.value: '],
    [{ queueTimeout: '90' }, 'queueTimeout: not a duration between 1 ms and 365 days; expected a number of'],
    [{ runTimeout: null }, 'runTimeout: not a duration between 1 ms and 365 days; expected a number of'],
    [{ branchId: 77 }, 'branchId: '],
    [{ children: 'watch' }, 'children: expected "observe" or "'],
  ])('is told what is wrong with it: %j', (field, words) => {
    expect(problemsOf({ ...GOOD, ...field })).toContain(words);
  });
});
