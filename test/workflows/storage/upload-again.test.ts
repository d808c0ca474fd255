import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { newLifeState } from '../../../src/job/life-state.js';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { createClock } from '../../../src/sandbox/index.js';
import { storage } from '../../sandbox/storage-support.js';
import { connectToDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openGoesOnLab } from '../../support/goes-on-lab.js';
import { openJobLab } from '../../support/job-lab.js';
import { resetToBefore } from '../../support/reset.js';
import { CSV, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

const HOUR_SECONDS = 3_600;

it.each([
  ['uploadFile', { file: 'orders.csv' }],
  ['uploadCsv', { csv: CSV }],
])(
  'what is uploaded in two tries after a reset leaves the file that the job before loads: %s',
  async (activity, source) => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'orders.csv'), CSV);
    const server = await connectToDevServer();
    const clock = createClock();
    const lab = await openJobLab(server, { clock, files: { folder } });
    onTestFinished(async () => {
      await lab.close();
      await server.close();
    });
    const { sandbox } = lab;
    await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
    await sandbox.settings({ storageQueueSeconds: HOUR_SECONDS, searchLagSeconds: 0 });
    const handle = await lab.start({ table: TABLE, source }, undefined, 'importTable');
    await handle.executeUpdate(waitForCreatedUpdate);
    const fault = sandbox.faults.add({ route: 'filePrepare', times: 'always', status: 503 });
    const again = await resetToBefore(activity, handle);
    await eventually(() => expect(sandbox.counters.requests.filePrepare).toBeGreaterThan(1));
    sandbox.faults.remove(fault.id);
    const { tableCreate } = sandbox.counters.requests;
    await again.executeUpdate(waitForCreatedUpdate);
    clock.advance(2 * HOUR_SECONDS * 1_000);
    expect(await again.result()).toMatchObject({ status: 'success', rows: 2, adopted: true });
    expect(sandbox.counters.requests).toMatchObject({ tableCreate, fileDelete: 0 });
  },
);

it('a run that goes on in an outage deletes what the run before may have uploaded in part', async () => {
  const runs = await openGoesOnLab();
  onTestFinished(() => runs.close());
  const { sandbox } = runs.lab;
  await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  await sandbox.settings({ searchLagSeconds: 0 });
  const half = { body: { name: 'half.csv', federationToken: true }, headers: { 'x-kbc-runid': fenceFor('before', 1) } };
  await storage(sandbox, '/files/prepare', { method: 'POST', ...half });
  const outage = { sinceMs: Date.now(), failures: 1, message: 'no answer' };
  const carried = { ...newLifeState('before', Date.now()), outage };
  const input = { table: TABLE, source: { csv: CSV } };
  const handle = await runs.goesOn({ workflowType: 'importTable', input, carried });
  expect(await handle.result()).toMatchObject({ status: 'success', rows: 2 });
  expect(sandbox.counters.requests).toMatchObject({ filePrepare: 2, fileDelete: 1 });
});
