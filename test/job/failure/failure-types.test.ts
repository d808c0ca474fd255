import { expect, test } from 'vitest';
import { FAILURE_TYPES, isFailureType } from '../../../src/job/failure/failure-types.js';

test('only what has provably ended, or was not made, may be tried again', () => {
  const retryable = Object.entries(FAILURE_TYPES).flatMap(([type, traits]) => (traits.retryable ? [type] : []));
  const actions = ['ActionApplicationError', 'ActionTimedOut'];
  const jobs = ['JobApplicationError', 'JobError', 'JobTerminated', 'JobTimedOut', 'StorageJobFailed'];
  expect(retryable.sort()).toEqual([...actions, 'ForeignJobRunning', ...jobs]);
});

test('a type is in the list or it is not ours, whatever it is called', () => {
  expect(isFailureType('JobUserError')).toBe(true);
  for (const other of ['Error', 'constructor', 'toString', '__proto__', '', null, undefined]) {
    expect(isFailureType(other)).toBe(false);
  }
});
