import { describe, expect, test } from 'vitest';
import { brokenRules } from '../../src/input/field-rules.js';
import { checkRunJobInput } from '../../src/input/check-input.js';

const VALUES = { values: [] };

describe('fields', () => {
  test.each<[object, string, string]>([
    [{ component: 'c' }, 'config', 'names nothing to run'],
    [{ configData: {}, rows: ['1'] }, 'rows', 'needs "config"'],
    [{ config: '1', variableValuesId: '1', variableValuesData: VALUES }, 'variableValuesData', '"variableValuesId"'],
  ])('that do not go together are named: %j', (input, path, words) => {
    expect(brokenRules({ ...input })).toEqual([{ path, message: expect.stringContaining(words) as string }]);
  });

  test.each([
    [{ config: '1', rows: ['1'], configData: {}, tag: '1', mode: 'run', variableValuesId: '1' }],
    [{ config: '1', mode: 'debug', tag: undefined, variableValuesId: undefined, variableValuesData: VALUES }],
    [{ params: {} }],
  ])('that go together are no problem: %j', (input) => {
    expect(brokenRules(input)).toEqual([]);
  });

  test('are compared even while one of them is wrong by itself', () => {
    const check = checkRunJobInput({ component: 7, rows: ['1'], configData: {} });
    expect(check.ok ? [] : check.problems.map(({ path }) => path)).toEqual(['component', 'rows']);
  });
});
