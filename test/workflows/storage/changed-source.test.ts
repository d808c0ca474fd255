import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { storage } from '../../sandbox/storage-support.js';
import { eventually } from '../../support/eventually.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

const PART = 262_144;
/** Far more than is read before the first part has arrived. */
const LARGE = `id,text\n${`1,${'x'.repeat(1_000)}\n`.repeat(4_000)}`;

let lab: StorageLab;
let large: string;

beforeAll(async () => {
  const folder = await tempFolder();
  large = join(folder, 'large.csv');
  await writeFile(join(folder, 'orders.csv'), CSV);
  lab = await StorageLab.open({ files: { folder }, transfer: { partBytes: PART } });
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

it.each([
  ['grows', () => appendFile(large, '2,y\n')],
  ['shrinks', () => truncate(large, LARGE.length / 2)],
  ['is written anew', () => writeFile(large, LARGE.replaceAll('x', 'y'))],
])('a file that %s while it is read is refused, and nothing of it is left', async (_, change) => {
  await writeFile(large, LARGE);
  // Google takes one part after another.
  await lab.sandbox.settings({ fileProvider: 'gcp', searchLagSeconds: 0 });
  lab.sandbox.faults.add({ route: 'upload', times: 'always', delayMs: 300 });
  const handle = await lab.start('importTable', { table: TABLE, source: { file: 'large.csv' } });
  await eventually(() => expect(lab.sandbox.counters.requests.upload).toBeGreaterThan(0));
  await change();
  lab.sandbox.faults.clear();
  expect(await causeOf(handle)).toMatchObject({
    type: 'InvalidInput',
    message: expect.stringContaining('large.csv has changed while it was read') as string,
  });
  expect((await storage<unknown[]>(lab.sandbox, '/files')).json).toEqual([]);
  expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
});

it.each([
  ['a file of the worker', { file: 'orders.csv' }],
  ['rows of the input', { csv: CSV }],
])('a table that vanishes before %s can be loaded into it is told, and no file is left', async (_, source) => {
  await lab.makeTable();
  lab.sandbox.faults.add({ route: 'upload', delayMs: 1_500 });
  const before = lab.sandbox.counters.requests.upload;
  const handle = await lab.start('importTable', { table: TABLE, source });
  await eventually(() => expect(lab.sandbox.counters.requests.upload).toBeGreaterThan(before));
  await storage(lab.sandbox, `/tables/${TABLE}`, { method: 'DELETE' });
  const cause = await causeOf(handle);
  expect(cause).toMatchObject({ type: 'CreateRefused', message: expect.stringContaining(TABLE) as string });
  expect((await storage(lab.sandbox, `/tables/${TABLE}`)).status).toBe(404);
  expect(lab.sandbox.counters.requests.fileDelete).toBe(1);
});
