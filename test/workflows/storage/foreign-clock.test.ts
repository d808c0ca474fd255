import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImportTableResult, StorageJobResult } from '../../../src/job/storage/result.js';
import { BUCKET, CSV, StorageLab, TABLE } from '../../support/storage-lab.js';

const HOUR_MS = 3_600_000;

describe.each([
  ['three hours behind', -3 * HOUR_MS],
  ['three hours ahead', 3 * HOUR_MS],
])('a call of Storage that is not answered while the clock of Keboola is %s', (_, offsetMs) => {
  let lab: StorageLab;

  beforeAll(async () => {
    lab = await StorageLab.open({ offsetMs });
  });
  beforeEach(() => lab.reset());
  afterAll(() => lab.close());

  it('has made one job, which is found and adopted, also where it might be repeated', async () => {
    const body = { name: 'orders', dataFileId: await lab.upload(CSV) };
    lab.sandbox.faults.add({ route: 'tableCreate', reset: 'after' });
    const input = { method: 'POST', path: `buckets/${BUCKET}/tables-async`, body };
    expect(await lab.resultOf<StorageJobResult>('runStorageJob', input)).toMatchObject({
      status: 'success',
      adopted: true,
    });
    expect(lab.sandbox.counters).toMatchObject({ storagePosts: 1, storageJobsByOperation: { tableCreate: 1 } });
  });

  it('has loaded its rows once', async () => {
    await lab.makeTable();
    lab.sandbox.faults.add({ route: 'tableImport', reset: 'after' });
    const input = { table: TABLE, source: { csv: 'id,price\n3,30\n' }, incremental: true };
    expect(await lab.resultOf<ImportTableResult>('importTable', input)).toMatchObject({ rows: 1, adopted: true });
    expect(lab.sandbox.counters.storageJobsByOperation).toMatchObject({ tableImport: 1 });
  });
});
