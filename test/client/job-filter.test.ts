import { expect, it } from 'vitest';
import { conditionsOf } from '../../src/client/job-filter.js';

it('no field narrows nothing', () => {
  expect(conditionsOf({})).toEqual([]);
});

it('each field is a condition of its own, and a filter of the caller stands in brackets', () => {
  const since = new Date('2026-01-31T08:00:00Z');
  const query = 'A = 1 OR B = 2';
  expect(conditionsOf({ running: true, component: 'a.b', config: '7', status: 'error', since, query })).toEqual([
    'ExecutionStatus = "Running"',
    'KeboolaComponent = "a.b"',
    'KeboolaConfig = "7"',
    'KeboolaStatus = "error"',
    'StartTime >= "2026-01-31T08:00:00.000Z"',
    '(A = 1 OR B = 2)',
  ]);
});

it('what is quoted in a value does not end it', () => {
  expect(conditionsOf({ config: 'a" OR "b' })).toEqual([String.raw`KeboolaConfig = "a\" OR \"b"`]);
});
