import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { eventually } from '../../support/eventually.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

const SEMICOLONS = 'Datum;Artikel, Farbe;Preis\n1.2.24;Hut;12,50\n';
let lab: StorageLab;

beforeAll(async () => {
  const folder = await tempFolder();
  lab = await StorageLab.open({ files: { folder } });
  await writeFile(join(folder, 'orders.csv'), CSV);
  await writeFile(join(folder, 'semicolons.csv'), SEMICOLONS);
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

it.each([
  ['', {}],
  [', and once it gets on no more why it was begun anew', { replaceBody: {} }],
])('a file that a worker moves tells whoever looks how far it has come%s', async (_, broken) => {
  if ('replaceBody' in broken) lab.sandbox.faults.add({ route: 'filePrepare', call: 1, ...broken });
  lab.sandbox.faults.add({ route: 'upload', times: 'always', hang: true });
  const handle = await lab.start('importTable', { table: TABLE, source: { file: 'orders.csv' } });
  const seen = new JobHandle(lab.server.client, handle.workflowId);
  const moved = { bytes: Buffer.byteLength(CSV), bytesPerSecond: expect.any(Number) as number };
  await eventually(async () => expect(await seen.snapshot()).toMatchObject({ note: 'Uploading the file', moved }));
  expect(lab.sandbox.counters.requests.filePrepare).toBe('replaceBody' in broken ? 2 : 1);
  lab.sandbox.faults.clear();
  await handle.cancel();
  await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
});

it.each([
  ['importTable', { source: { file: 'orders.csv' } }, 'CSV: 19 bytes, 2 rows'],
  ['importTable', { source: { csv: CSV } }, 'CSV: 19 bytes, 2 rows'],
  ['exportTable', {}, 'CSV: 31 bytes'],
])('the current details of %s have the size of what was moved: %j', async (workflow, more, size) => {
  if (workflow === 'exportTable') await lab.makeTable();
  const handle = await lab.start(workflow, { table: TABLE, ...more });
  await handle.result();
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toContain(size);
});

it.each([{ file: 'semicolons.csv' }, { csv: SEMICOLONS }])(
  'the current details of an import warn of a mark that seems to separate its values: %j',
  async (source) => {
    const handle = await lab.start('importTable', { table: TABLE, source });
    await handle.result();
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain("Warning: The header line of the CSV contains more ';' than delimiters.");
  },
);
