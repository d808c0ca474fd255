import { expect, it } from 'vitest';
import { hasLoadedNothing, hasStartedNothing } from '../../../src/cli/follow/nothing-started.js';
import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobFailedError,
} from '../../../src/client/errors.js';

const FAILED = {
  ...{ jobId: '1', runId: '1', operation: 'tableImport', status: 'error' as const, url: '' },
  ...{ polls: 1, adopted: false },
};

it.each([
  [new AlreadyRunningError('id'), true],
  [new InputConflictError('id'), true],
  [new InvalidInputError([]), true],
  [Object.assign(new Error('14 UNAVAILABLE: the connection was dropped'), { code: 14 }), false],
  [Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4 }), false],
  [undefined, false],
])('a start that failed by "%s" has started nothing for certain: %s', (error, isCertain) => {
  expect(hasStartedNothing(error)).toBe(isCertain);
});

it.each([
  [new JobFailedError('id', 'StorageJobFailed', 'columns are missing', undefined, FAILED), true],
  [new JobFailedError('id', 'StorageJobFailed', 'asked for twice', undefined, { ...FAILED, attempts: 2 }), false],
  [new JobFailedError('id', 'StorageJobFailed', 'that says nothing of its job'), false],
  [new JobFailedError('id', 'InvalidInput', 'primaryKey, perhaps of a run after a reset'), false],
  [new JobFailedError('id', 'CreateRefused', 'no'), true],
  [new JobFailedError('id', 'CreateAmbiguous', 'unknown'), false],
  [new JobFailedError('id', 'TokenRefused', 'while it waited'), false],
  [new JobFailedError('id', 'ProtocolError', 'other rows than were counted'), false],
  [new JobFailedError('id', 'Terminated', 'by somebody'), false],
  [new Error('14 UNAVAILABLE'), false],
])('an import that ended by "%s" will not load its file any more for certain: %s', (error, isCertain) => {
  expect(hasLoadedNothing(error)).toBe(isCertain);
});
