import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { storage } from '../../sandbox/storage-support.js';
import { eventually } from '../../support/eventually.js';
import { StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

/** What Storage tells of such a table is longer than what a pipeline keeps of a task. */
const COLUMNS = ['id', ...Array.from({ length: 300 }, (_, at) => `a_column_of_many_${at}`)];
const row = (id: number): string => COLUMNS.map((_, at) => (at === 0 ? id : at)).join(',');

let lab: StorageLab;

beforeAll(async () => {
  const folder = await tempFolder();
  lab = await StorageLab.open({ files: { folder } });
  await writeFile(join(folder, 'wide.csv'), `${[COLUMNS.join(','), row(1), row(2), row(2)].join('\n')}\n`);
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

it('a wide table whose rows become fewer by its primary key is loaded by a task of a pipeline', async () => {
  const load = { table: TABLE, source: { file: 'wide.csv' }, primaryKey: ['id'] };
  const result = await lab.resultOf('runPipeline', {
    name: 'nightly',
    phases: [{ name: 'in', tasks: [{ import: load }] }],
  });
  expect(result).toMatchObject({ status: 'success' });
  expect(JSON.stringify(result)).toContain('"rows":3');
});

it('a load of another number of rows is found by a task of a pipeline, whatever Storage says before it', async () => {
  lab.sandbox.faults.add({ route: 'storageJob', times: 'always', status: 503 });
  const load = { table: TABLE, source: { file: 'wide.csv' } };
  const handle = await lab.start('runPipeline', {
    name: 'nightly',
    phases: [{ name: 'in', tasks: [{ import: load }] }],
  });
  await eventually(() => expect(lab.sandbox.counters.requests.storageJob).toBeGreaterThan(0));
  const [job] = (await storage<object[]>(lab.sandbox, '/jobs?limit=1')).json;
  lab.sandbox.faults.clear();
  const texts = Object.fromEntries([1, 2, 3].map((at) => [`text${at}`, 'x'.repeat(900)]));
  const over = { ...job, status: 'success', endTime: '2026-01-01T00:00:00+0100', results: { ...texts, rowsCount: 2 } };
  lab.sandbox.faults.add({ route: 'storageJob', times: 'always', replaceBody: over });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'PipelineFailed' } });
});
