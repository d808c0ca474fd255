import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasLoadedNothing } from '../../../src/cli/follow/nothing-started.js';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { storage } from '../../sandbox/storage-support.js';
import { eventually } from '../../support/eventually.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

let lab: StorageLab;

beforeAll(async () => {
  const folder = await tempFolder();
  const transfer = { patience: { attemptsMax: 2, pauseMs: 1 } };
  lab = await StorageLab.open({ files: { folder }, transfer });
  await writeFile(join(folder, 'orders.csv'), CSV);
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

const SOURCES = [
  ['of the worker', { file: 'orders.csv' }],
  ['of rows of the input itself', { csv: CSV }],
] as const;

const importing = (more: object = {}): Promise<WorkflowHandle> =>
  lab.start('importTable', { table: TABLE, source: { file: 'orders.csv' }, ...more });

describe('a file', () => {
  it.each(SOURCES)('%s whose upload has to be asked for again leaves one file', async (_, source) => {
    lab.sandbox.faults.add({ route: 'upload', times: 'always', status: 503 });
    lab.sandbox.faults.add({ route: 'fileDelete', call: 1, status: 503 });
    const handle = await importing({ source });
    await eventually(() => expect(lab.sandbox.counters.requests.fileDelete).toBeGreaterThan(0));
    lab.sandbox.faults.clear();
    expect(await handle.result()).toMatchObject({ rows: 2 });
    const { filePrepare, fileDelete } = lab.sandbox.counters.requests;
    // The first deletion was not heard.
    expect(fileDelete - 1).toBe(filePrepare - 1);
  });

  it('that is cancelled once it is uploaded is deleted, as long as no job loads it', async () => {
    lab.sandbox.faults.add({ route: 'tableCreate', times: 'always', delayMs: 500, status: 429 });
    // A server that leaps to the next request may trip over a cancel.
    const handle = await lab.server.withoutLeaps(async () => {
      const started = await importing();
      await eventually(() => expect(lab.sandbox.counters.requests.tableCreate).toBeGreaterThan(0));
      expect(lab.sandbox.counters.requests.fileDelete).toBe(0);
      await started.cancel();
      return started;
    });
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(lab.sandbox.counters.requests).toMatchObject({ filePrepare: 1, fileDelete: 1 });
  });

  it.each(SOURCES)('%s whose upload is cancelled leaves none', async (_, source) => {
    lab.sandbox.faults.add({ route: 'upload', times: 'always', hang: true });
    const handle = await importing({ source });
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBeGreaterThan(0));
    lab.sandbox.faults.clear();
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    await lab.sandbox.settings({ searchLagSeconds: 0 });
    expect((await storage<unknown[]>(lab.sandbox, '/files')).json).toEqual([]);
  });

  it.each(SOURCES)('%s whose load is refused is deleted', async (_, source) => {
    lab.sandbox.faults.add({ route: 'tableCreate', times: 'always', status: 400 });
    expect(await causeOf(await importing({ source }))).toMatchObject({ type: 'CreateRefused' });
    expect(lab.sandbox.counters.requests).toMatchObject({ filePrepare: 1, fileDelete: 1 });
  });

  it('whose load fails is deleted', async () => {
    await lab.makeTable('other\n1\n');
    const before = lab.sandbox.counters.requests.filePrepare;
    expect(await causeOf(await importing())).toMatchObject({ type: 'StorageJobFailed' });
    expect(lab.sandbox.counters.requests.filePrepare - before).toBe(1);
    expect(lab.sandbox.counters.requests.fileDelete).toBe(1);
  });

  it('stays where a creation was given up whose job may come after that of the second has failed', async () => {
    await lab.makeTable();
    lab.sandbox.faults.add({ route: 'tableImport', call: 1, reset: 'before' });
    lab.sandbox.faults.add({ route: 'tableImport', call: 2, jobFails: true });
    expect(await causeOf(await importing())).toMatchObject({ type: 'StorageJobFailed', details: [{ attempts: 2 }] });
    expect(lab.sandbox.counters.requests.fileDelete).toBe(0);
  });

  it('stays, also for its caller, where a creation was given up whose job may come after a cancel', async () => {
    await lab.makeTable();
    lab.sandbox.faults.add({ route: 'tableImport', call: 1, reset: 'before' });
    lab.sandbox.faults.add({ route: 'tableImport', call: 2, times: 'always', delayMs: 500, status: 429 });
    const { workflowId, firstExecutionRunId } = (await importing()) as WorkflowHandleWithFirstExecutionRunId;
    const seen = new JobHandle(lab.server.client, workflowId, firstExecutionRunId);
    await eventually(() => expect(lab.sandbox.counters.requests.tableImport).toBeGreaterThan(1));
    await lab.server.withoutLeaps(() => seen.cancel());
    const error: unknown = await seen.result().catch((thrown: unknown) => thrown);
    expect(await hasLoadedNothing(error, seen)).toBe(false);
    expect(error).toMatchObject({
      type: 'CreateAmbiguous',
      message: expect.stringMatching(/whose run id is "9\d{14}"/) as string,
    });
    expect(lab.sandbox.counters.requests.fileDelete).toBe(0);
  });

  it('stays where it is not known whether a job loads it', async () => {
    await lab.makeTable();
    lab.sandbox.faults.add({ route: 'tableImport', times: 'always', reset: 'before' });
    lab.sandbox.faults.add({ route: 'storageJobs', times: 'always', status: 503 });
    const error = await causeOf(await importing({ incremental: true }));
    expect(error).toMatchObject({ type: 'CreateAmbiguous' });
    expect(lab.sandbox.counters.requests.fileDelete).toBe(0);
  });
});
