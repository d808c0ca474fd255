import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rowsOf, storage } from '../sandbox/storage-support.js';
import { openCliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 400_000;
/** Two parts and a rest of S3. */
const LARGE = `id,text\n${Array.from({ length: ROWS }, (_, at) => `${at},"a value of some length, row ${at}"`).join('\n')}\n`;

it('a worker that is killed with -9 in the middle of an upload loads the table once, and leaves no file behind', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'large.csv'), LARGE);
  const lab = await openCliLab();
  try {
    const env = { KEBOOLA_FILES_DIR: folder, KBC_FILES_URL: lab.sandbox.url };
    await lab.sandbox.settings({ fileProvider: 'aws', searchLagSeconds: 0 });
    await storage(lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
    lab.sandbox.faults.add({ route: 'upload', call: 2, times: 'always', hang: true });
    const worker = await lab.startWorker(env);
    const handle = await lab.temporal.workflow.start('importTable', {
      workflowId: lab.unique('killed-transfer'),
      taskQueue: lab.taskQueue,
      args: [{ table: 'in.c-main.orders', source: { file: 'large.csv' }, primaryKey: ['id'] }],
    });
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBeGreaterThan(1));
    await worker.signal('SIGKILL').end();
    lab.sandbox.faults.clear();
    await lab.startWorker(env);
    expect(await handle.result()).toMatchObject({ rows: ROWS, created: true, status: 'success' });
    expect(lab.sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1 });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(2);
    expect((await storage<unknown[]>(lab.sandbox, '/files')).json).toHaveLength(1);
    expect(await rowsOf(lab.sandbox, 'in.c-main.orders')).toHaveLength(100);
    await lab.expectNoToken();
  } finally {
    await lab.close();
  }
});
