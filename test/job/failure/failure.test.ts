import { ApplicationFailureCategory } from '@temporalio/common';
import { describe, expect, it, test } from 'vitest';
import { failureOptions } from '../../../src/job/failure/failure.js';
import { FAILURE_TYPES, type FailureType } from '../../../src/job/failure/failure-types.js';

/** What the worker logs as a fault of its own; whatever else fails is the job's doing, or the caller's. */
const FAULTS: readonly FailureType[] = [
  'ConnectionNotUsable',
  'CreateRefused',
  'CreateAmbiguous',
  'KillNotConfirmed',
  'KeboolaUnreachable',
  'TokenRefused',
  'UnknownStatus',
  'ProtocolError',
  'InternalError',
];

describe('a failure as it is written into history', () => {
  it.each(Object.keys(FAILURE_TYPES) as FailureType[])('%s is told as a fault or as none', (type) => {
    const { category } = failureOptions(type, 'm', []);
    expect(category).toBe(FAULTS.includes(type) ? undefined : ApplicationFailureCategory.BENIGN);
  });

  it('may be tried again where its job has provably ended, and not otherwise', () => {
    expect(failureOptions('JobApplicationError', 'm', []).nonRetryable).toBe(false);
    expect(failureOptions('CreateAmbiguous', 'm', []).nonRetryable).toBe(true);
  });
});

test('whatever its words and details hold, they are texts that every SDK can read', () => {
  const half = '\ud800';
  expect(failureOptions('JobError', half, [{ [half]: half }])).toMatchObject({
    message: '\ufffd',
    details: [{ '\ufffd': '\ufffd' }],
  });
});
