import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  finality,
  FINAL_STATUSES,
  isFinalStatus,
  JOB_STATUSES,
  normalizeStatus,
  oddity,
} from '../../../src/job/wait/status.js';

const UNFINISHED = ['created', 'waiting', 'processing', 'terminating'];

test.each(UNFINISHED)('%s is never the end, whatever isFinished says', (status) => {
  expect([true, false, undefined].map((isFinished) => finality(status, isFinished))).toEqual([
    'unfinished',
    'unfinished',
    'unfinished',
  ]);
});

test.each([...FINAL_STATUSES, 'canceled'])('%s is the end unless isFinished denies it', (status) => {
  expect(finality(status, true)).toBe('final');
  expect(finality(status, undefined)).toBe('final');
  expect(finality(status, false)).toBe('unfinished');
});

test('an unknown status is doubtful when it claims to be the end, and otherwise not the end', () => {
  const unknown = fc
    .string()
    .filter((status) => !(JOB_STATUSES as readonly string[]).includes(normalizeStatus(status)));
  fc.assert(
    fc.property(unknown, (status) => {
      expect(finality(status, true)).toBe('doubtful');
      expect(finality(status, false)).toBe('unfinished');
      expect(finality(status, undefined)).toBe('unfinished');
      expect(isFinalStatus(status)).toBe(false);
    }),
  );
});

test('the nine statuses of Keboola are known, five of them as final', () => {
  expect([...JOB_STATUSES].sort()).toEqual(
    [
      'cancelled',
      'created',
      'error',
      'processing',
      'success',
      'terminated',
      'terminating',
      'waiting',
      'warning',
    ].sort(),
  );
  expect(JOB_STATUSES.filter(isFinalStatus)).toHaveLength(5);
});

test('a status is spelled in one way, and an unknown one passes untouched', () => {
  expect(normalizeStatus('canceled')).toBe('cancelled');
  fc.assert(
    fc.property(fc.string(), (status) => {
      expect(normalizeStatus(normalizeStatus(status))).toBe(normalizeStatus(status));
      if (status !== 'canceled') expect(normalizeStatus(status)).toBe(status);
    }),
  );
});

test('a status is not taken for known because of its case or of a name that every object has', () => {
  expect(finality('Success', undefined)).toBe('unfinished');
  expect(finality('constructor', undefined)).toBe('unfinished');
});

describe('what cannot be so', () => {
  it.each([
    ['success', false, 'has not finished'],
    ['processing', true, 'has finished'],
    ['paused', false, 'does not know'],
    ['paused', undefined, 'does not know'],
  ])('is told of %s with isFinished %s', (status, isFinished, words) => {
    expect(oddity(status, isFinished)).toContain(words);
  });

  it.each([
    ['success', true],
    ['success', undefined],
    ['processing', false],
    ['waiting', undefined],
  ])('is nothing of %s with isFinished %s', (status, isFinished) => {
    expect(oddity(status, isFinished)).toBeUndefined();
  });
});
