import { expect, it } from 'vitest';
import { hasLoadedNothing, hasStartedNothing } from '../../../src/cli/follow/nothing-started.js';
import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
} from '../../../src/client/errors.js';

const FAILED = {
  jobId: '1',
  runId: '1',
  operation: 'tableImport',
  status: 'error' as const,
  url: '',
  polls: 1,
  adopted: false,
};

const LEFT = { jobId: '1', component: 'storage', url: '' };

function seen(row: { runId: string; jobId?: string }): Parameters<typeof hasLoadedNothing>[1] {
  return { runId: 'first', describe: () => Promise.resolve(row) };
}

it.each([
  [new AlreadyRunningError('id'), true],
  [new InputConflictError('id'), true],
  [new InvalidInputError([]), true],
  [Object.assign(new Error('14 UNAVAILABLE: the connection was dropped'), { code: 14 }), false],
  [Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4 }), false],
  [Object.assign(new Error('7 PERMISSION_DENIED'), { code: 7, details: '', metadata: {} }), true],
  [undefined, false],
])('a start that failed by "%s" has started nothing for certain: %s', (error, isCertain) => {
  expect(hasStartedNothing(error)).toBe(isCertain);
});

it.each([
  [new JobFailedError('id', 'StorageJobFailed', 'columns are missing', undefined, FAILED), true],
  [new JobFailedError('id', 'StorageJobFailed', 'asked for twice', undefined, { ...FAILED, attempts: 2 }), false],
  [new JobFailedError('id', 'StorageJobFailed', 'that says nothing of its job'), false],
  [new JobFailedError('id', 'InvalidInput', 'primaryKey'), true],
  [new JobFailedError('id', 'ConnectionNotUsable', 'an address that is none'), true],
  [new JobFailedError('id', 'NoJobApi', 'no queue'), true],
  [new JobCanceledError('id'), true],
  [new JobCanceledError('id', undefined, { ...LEFT, outcome: 'left-alone' }), false],
  [new JobFailedError('id', 'CreateRefused', 'no'), true],
  [new JobFailedError('id', 'CreateAmbiguous', 'unknown'), false],
  [new JobFailedError('id', 'TokenRefused', 'while it waited'), false],
  [new JobFailedError('id', 'ProtocolError', 'other rows than were counted'), false],
  [new JobFailedError('id', 'Terminated', 'by somebody'), false],
  [new Error('14 UNAVAILABLE'), false],
])('an import that ended by "%s" will not load its file any more for certain: %s', async (error, isCertain) => {
  expect(await hasLoadedNothing(error, seen({ runId: 'first' }))).toBe(isCertain);
});

it.each([
  ['of a run after a reset', { runId: 'second' }],
  ['of a job that another worker no longer knows how to read', { runId: 'first', jobId: '7' }],
])('a refusal %s proves nothing', async (_, row) => {
  expect(await hasLoadedNothing(new JobFailedError('id', 'InvalidInput', 'connection'), seen(row))).toBe(false);
});

it('a Temporal that goes away proves nothing', async () => {
  const handle = { runId: 'first', describe: () => Promise.reject(new Error('14 UNAVAILABLE')) };
  expect(await hasLoadedNothing(new JobFailedError('id', 'InvalidInput', 'primaryKey'), handle)).toBe(false);
});
