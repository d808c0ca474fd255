import type { WorkflowHandle } from '@temporalio/client';
import { beforeAll, expect, it } from 'vitest';
import { accepted, storage, upload } from '../../sandbox/storage-support.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { resetToNth, tasksIn } from '../../support/reset.js';
import { BUCKET, CSV, TABLE } from '../../support/storage-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const lab = useJobLab();

beforeAll(async () => {
  const { sandbox } = lab;
  await sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0, searchLagSeconds: 0 });
  await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  const body = { name: 'orders', dataFileId: await upload(sandbox, 'other\n1\n') };
  await accepted(sandbox, `/buckets/${BUCKET}/tables-async`, { body });
});

/** An import into a table of other columns, whose file is deleted once its job has failed. */
async function failed(): Promise<WorkflowHandle> {
  const handle = await lab.start({ table: TABLE, source: { csv: CSV } }, undefined, 'importTable');
  expect(await causeOf(handle)).toMatchObject({ type: 'StorageJobFailed' });
  return handle;
}

it('an import that has failed and deleted its file fails in the same way, to whatever task it is reset', async () => {
  const { length } = await tasksIn(await failed());
  expect(length).toBeGreaterThan(3);
  const points = Array.from({ length }, (_, at) => at);
  const again = await Promise.all(points.map(async (at) => await causeOf(await resetToNth(await failed(), at))));
  expect(again.map(({ type }) => type)).toEqual(points.map(() => 'StorageJobFailed'));
});
