import { ServiceError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../../../src/cli/exit/exit-codes.js';
import { NoSuchNamespace, TemporalRefused } from '../../../src/operate/temporal-refusal.js';
import { TemporalLost, TemporalUnreachable } from '../../../src/operate/unreachable.js';
import { LeftBehind } from '../../../src/cli/exit/left-behind.js';
import { UsageError } from '../../../src/cli/exit/usage-error.js';
import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
  NoSuchJobError,
  NoWorkerError,
  UnknownProjectError,
  WorkflowStalledError,
} from '../../../src/client/errors.js';
import { CannotListenError, PortInUseError } from '../../../src/dev/ports.js';
import { ServerEndedError, ServerStartError } from '../../../src/dev/running-server.js';
import { ServerBinaryError } from '../../../src/dev/install/server-binary-error.js';
import { FAILURE_TYPES, type FailureType } from '../../../src/job/failure/failure-types.js';
import { SettingsError } from '../../../src/input/settings-error.js';
import { BrokenGzip } from '../../../src/input/storage/broken-gzip.js';
import { StoreRefused } from '../../../src/input/storage/store-refused.js';
import { KeboolaError, type KeboolaErrorKind } from '../../../src/keboola/http/keboola-error.js';
import { SandboxInputError } from '../../../src/sandbox/sandbox-input-error.js';

const TEMPORAL = { address: 'temporal.example:7233', namespace: 'n', connectionOptions: {} };

function grpcError(code: number): ServiceError {
  return new ServiceError('it failed', { cause: Object.assign(new Error(), { code, details: '', metadata: {} }) });
}

describe('the exit code', () => {
  it.each<[FailureType | 'Terminated' | 'TimedOut', number]>([
    ['JobUserError', 1],
    ['JobApplicationError', 1],
    ['InvalidInput', 2],
    ['NoJobApi', 2],
    ['TokenRefused', 2],
    ['JobWarning', 3],
    ['JobTerminated', 4],
    ['TimedOut', 5],
    ['CreateAmbiguous', 6],
    ['KeboolaUnreachable', 7],
    ['KillNotConfirmed', 8],
    ['Terminated', 1],
  ])('of a workflow that failed with %s is %i', (type, code) => {
    expect(exitCodeOf(new JobFailedError('w', type, ''))).toBe(code);
  });

  it('of every type of failure says that it is none', () => {
    const types = Object.keys(FAILURE_TYPES) as FailureType[];
    for (const type of types) expect(exitCodeOf(new JobFailedError('w', type, ''))).toBeGreaterThan(0);
  });

  it.each<[KeboolaErrorKind, number]>([
    ['not-sent', EXIT.unreachable],
    ['interrupted', EXIT.unreachable],
    ['unavailable', EXIT.unreachable],
    ['throttled', EXIT.unreachable],
    ['maintenance', EXIT.unreachable],
    ['protocol', EXIT.unreachable],
    ['not-found', EXIT.unreachable],
    ['unauthorized', EXIT.usage],
    ['refused', EXIT.usage],
  ])('of an exchange with Keboola that has ended as %s is %i, whatever it has left behind', (kind, code) => {
    const error = new KeboolaError({ kind, method: 'GET', path: '/', reason: 'no' });
    expect(exitCodeOf(error)).toBe(code);
    expect(exitCodeOf(new LeftBehind('Nothing was started.', error))).toBe(code);
  });

  it.each<[unknown, number]>([
    [new UsageError('no room'), EXIT.jobFailed],
    [new KeboolaError({ kind: 'unauthorized', method: 'GET', path: '/', reason: 'no' }), EXIT.jobFailed],
    [new KeboolaError({ kind: 'not-found', method: 'GET', path: '/', reason: 'no' }), EXIT.unreachable],
  ])('of what has ended the work half done is never that nothing was started (%s is %i)', (error, code) => {
    expect(exitCodeOf(new LeftBehind('Storage keeps file 7 for 15 days.', error, true))).toBe(code);
  });

  it.each<[Error, number]>([
    [new BrokenGzip('the file is a broken gzip file'), EXIT.unreachable],
    [new StoreRefused('the place for files refuses it', { method: 'GET', path: '/', reason: 'no' }), EXIT.unreachable],
    [new LeftBehind('Storage keeps file 7 for 15 days.', new UsageError('no room')), EXIT.usage],
    [new JobCanceledError('w'), EXIT.canceled],
    [new UsageError(), EXIT.usage],
    [new SettingsError(), EXIT.usage],
    [new InvalidInputError([]), EXIT.usage],
    [new InputConflictError('w'), EXIT.usage],
    [new AlreadyRunningError('w'), EXIT.usage],
    [new NoSuchJobError(), EXIT.usage],
    [new NoSuchNamespace(TEMPORAL), EXIT.usage],
    [new TemporalRefused(TEMPORAL, 'Request unauthorized.'), EXIT.usage],
    [new PortInUseError(), EXIT.usage],
    [new CannotListenError(), EXIT.usage],
    [new SandboxInputError(), EXIT.usage],
    [new ServerStartError(), EXIT.unreachable],
    [new ServerEndedError(), EXIT.unreachable],
    [new ServerBinaryError({ what: 'server', waysOut: [] } as never, []), EXIT.unreachable],
    [new NoWorkerError('w', { taskQueue: 'q', namespace: 'n' }), EXIT.unreachable],
    [new WorkflowStalledError('w', { taskQueue: 'q', namespace: 'n' }, ''), EXIT.unreachable],
    [new UnknownProjectError('eu', 'no answer'), EXIT.unreachable],
    [new TemporalUnreachable({ address: '127.0.0.1:1' }, new Error()), EXIT.unreachable],
    [new TemporalLost('w', new Error()), EXIT.unreachable],
    [grpcError(14), EXIT.unreachable],
    [grpcError(4), EXIT.unreachable],
    [grpcError(3), EXIT.usage],
    [grpcError(16), EXIT.usage],
    [grpcError(13), EXIT.jobFailed],
    [new TypeError('a mistake of ours'), EXIT.jobFailed],
  ])('of %s is %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
