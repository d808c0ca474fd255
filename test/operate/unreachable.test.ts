import { ServiceError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { inOurWords } from '../../src/operate/temporal-refusal.js';
import { notWrittenWords, TemporalCannotWrite, TemporalLost } from '../../src/operate/unreachable.js';
import { GRPC } from '../../src/temporal/grpc-cause.js';

it('how to come back can be pasted although the id of the configuration has an apostrophe', () => {
  const { message } = new TemporalLost("keboola/default/ex-db/it's", undefined);
  expect(message).toContain(String.raw`keboola-temporal follow 'keboola/default/ex-db/it'\''s'`);
});

describe('a database that cannot be written', () => {
  it.each([
    'shard status unknown',
    'CreateWorkflowExecution operation failed. Error: database or disk is full (13)',
    'pq: could not extend file "base/16385/16403": No space left on device',
    "Error 1114 (HY000): The table 'history_node' is full",
  ])('is known by the words %j', (details) => {
    const error = new ServiceError('Failed to start Workflow', { cause: grpcError(details) });
    expect(notWrittenWords(error)).toBe(details);
    expect(inOurWords(error, { address: 'a:1', namespace: 'n', connectionOptions: {} })).toBeInstanceOf(
      TemporalCannotWrite,
    );
  });

  it('is none that is away', () => {
    expect(notWrittenWords(grpcError('connect ECONNREFUSED'))).toBeUndefined();
  });
});

function grpcError(details: string): Error {
  return Object.assign(new Error(`14 UNAVAILABLE: ${details}`), { code: GRPC.unavailable, details, metadata: {} });
}
