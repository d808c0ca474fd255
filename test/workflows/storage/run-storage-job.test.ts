import { CancelledFailure } from '@temporalio/common';
import type { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JOB_MEMO, jobQuery, setTimeoutsUpdate, waitForCreatedUpdate } from '../../../src/job/messages.js';
import type { StorageJobResult } from '../../../src/job/storage/result.js';
import { rowsOf } from '../../sandbox/storage-support.js';
import { historyText, wordsOf } from '../../support/history-text.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { BUCKET, CSV, StorageLab, TABLE } from '../../support/storage-lab.js';

let lab: StorageLab;

beforeAll(async () => {
  lab = await StorageLab.open();
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

const create = async (csv = CSV): Promise<object> => ({
  method: 'POST',
  path: `buckets/${BUCKET}/tables-async`,
  body: { name: 'orders', dataFileId: await lab.upload(csv), primaryKey: 'id' },
});

describe('a call of Storage', () => {
  it('is sent once, under a run id of its own, and its job is waited for', async () => {
    const result = await lab.resultOf<StorageJobResult>('runStorageJob', await create());
    expect(result).toMatchObject({ operation: 'tableCreate', status: 'success', adopted: false });
    expect(result.results).toMatchObject({ id: TABLE, rowsCount: 2 });
    expect(result.url).toBe(`${lab.sandbox.url}/v2/storage/jobs/${result.jobId}`);
    expect(lab.sandbox.counters).toMatchObject({ storagePosts: 1, storageJobsByOperation: { tableCreate: 1 } });
    expect(lab.sandbox.counters.readsByStorageJob[result.jobId]).toBe(result.polls);
    expect(result.runId).toMatch(/^9\d{14}$/);
    expect(await rowsOf(lab.sandbox, TABLE)).toEqual(['"1","10"', '"2","20"']);
  });

  it('lies below the run that it belongs to', async () => {
    const input = { ...(await create()), parentRunId: '123.456' };
    expect((await lab.resultOf<StorageJobResult>('runStorageJob', input)).runId).toMatch(/^123\.456\.9\d{14}$/);
  });

  it('tells its id as soon as the job exists, and where it is', async () => {
    lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 600 });
    const handle = await lab.start('runStorageJob', await create());
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    const result = (await handle.result()) as StorageJobResult;
    expect(result.jobId).toBe(jobId);
    expect(await handle.query(jobQuery)).toMatchObject({
      stage: 'closed',
      job: { jobId, status: 'success', operation: 'tableCreate' },
    });
  });

  it('fails with the code and the exception id of a job that has failed', async () => {
    const cause = await causeOf(await lab.start('runStorageJob', await create('id,price\n1\n')));
    expect(cause).toMatchObject({ type: 'StorageJobFailed', nonRetryable: false });
    expect(cause.message).toMatch(/line 2: .*\(invalidData, exception id keboola-/);
    expect(cause.details?.[0]).toMatchObject({
      status: 'error',
      error: { code: 'invalidData', exceptionId: expect.stringMatching(/^keboola-/) as string },
    });
  });

  it('cannot be limited in time, since nobody could stop its job', async () => {
    lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 600 });
    const handle = await lab.start('runStorageJob', await create());
    await expect(handle.executeUpdate(setTimeoutsUpdate, { args: [{ runTimeout: '1s' }] })).rejects.toThrow();
    await handle.result();
  });
});

describe('a call that is cancelled', () => {
  it('leaves its job to itself, closes as canceled and says so', async () => {
    lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 36_000 });
    const handle = await lab.start('runStorageJob', await create());
    await handle.executeUpdate(waitForCreatedUpdate);
    await handle.cancel();
    const error = (await handle.result().catch((thrown: unknown) => thrown)) as WorkflowFailedError;
    expect(error.cause).toBeInstanceOf(CancelledFailure);
    const { memo } = await handle.describe();
    expect(memo?.[JOB_MEMO]).toMatchObject({ outcome: 'left-alone', component: 'storage' });
    expect((await handle.query(jobQuery)).note).toMatch(/was left running/);
  });
});

describe('what Storage hands out', () => {
  it('is in no history: the password of a workspace is starred out', async () => {
    const input = { method: 'POST', path: 'workspaces?async=true', body: { backend: 'snowflake' } };
    const handle = await lab.start('runStorageJob', input);
    const result = (await handle.result()) as StorageJobResult;
    expect(result).toMatchObject({ operation: 'workspaceCreate', results: { connection: { password: '***' } } });
    const told = `${wordsOf((await handle.describe()).raw)}${await historyText(lab.server.client, handle.workflowId)}`;
    expect(told).toContain('"password":"***"');
    expect(told.match(/"password":"(?!\*\*\*)/)).toBeNull();
  });
});

describe('a wrong call', () => {
  it.each([
    [{ method: 'POST', path: 'tables/in.c-main.orders/truncate' }, /path: .*not an asynchronous call .*allowUnknown/],
    [{ method: 'DELETE', path: 'tables/in.c-main.orders' }, /\?async=true/],
    [{ method: 'POST', path: '/v2/storage/workspaces' }, /path: not a path below/],
    [{ method: 'POST', path: '../../docker/x/run', allowUnknown: true }, /path: not a path below/],
    [{ method: 'GET', path: 'jobs' }, /method: /],
    [{ method: 'POST', path: 'workspaces?async=true', body: { token: '1134-53044-secretsecret' } }, /token.*revoke/],
  ])('is refused, and nothing is sent: %j', async (input, message) => {
    const cause = await causeOf(await lab.start('runStorageJob', input));
    expect(cause.type).toBe('InvalidInput');
    expect(cause.message).toMatch(message);
    expect(lab.sandbox.counters.storagePosts).toBe(0);
  });

  it('is told when it was carried out at once, without a job', async () => {
    await lab.makeTable();
    const input = { method: 'DELETE', path: `tables/${TABLE}`, allowUnknown: true };
    const cause = await causeOf(await lab.start('runStorageJob', input));
    expect(cause).toMatchObject({ type: 'ProtocolError' });
    expect(cause.message).toContain('carried out at once');
  });
});
