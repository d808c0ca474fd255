import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { storage } from '../../sandbox/storage-support.js';
import { eventually } from '../../support/eventually.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
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

/** Lets Storage say of its latest job that it has ended well, with these results. */
async function endAs(handle: { workflowId: string }, results: object): Promise<void> {
  await eventually(() => expect(lab.sandbox.counters.requests.storageJob, handle.workflowId).toBeGreaterThan(0));
  const [job] = (await storage<object[]>(lab.sandbox, '/jobs?limit=1')).json;
  lab.sandbox.faults.clear();
  const over = { ...job, status: 'success', endTime: '2026-01-01T00:00:00+0100', results };
  lab.sandbox.faults.add({ route: 'storageJob', times: 'always', replaceBody: over });
}

it('a load of another number of rows is found by a task of a pipeline, whatever Storage says before it', async () => {
  lab.sandbox.faults.add({ route: 'storageJob', times: 'always', status: 503 });
  const load = { table: TABLE, source: { file: 'wide.csv' } };
  const handle = await lab.start('runPipeline', {
    name: 'nightly',
    phases: [{ name: 'in', tasks: [{ import: load }] }],
  });
  const texts = Object.fromEntries([1, 2, 3].map((at) => [`text${at}`, 'x'.repeat(900)]));
  await endAs(handle, { ...texts, rowsCount: 2 });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'PipelineFailed' } });
});

it.each([
  ['fewer rows than the input has', {}, { importedRowsCount: 1 }, '1 row'],
  [
    'none of them, although they may become fewer',
    { primaryKey: ['id'] },
    { rowsCount: 0, primaryKey: ['id'] },
    '0 rows',
  ],
])('rows of the input of which Storage says that it has loaded %s fail, and both are told', async (...given) => {
  const [, more, results, rows] = given;
  lab.sandbox.faults.add({ route: 'storageJob', times: 'always', status: 503 });
  const handle = await lab.start('importTable', { table: TABLE, source: { csv: CSV }, ...more });
  await endAs(handle, results);
  const counts = new RegExp(`loaded ${rows}, but file \\d+ has 2`);
  expect(await causeOf(handle)).toMatchObject({
    type: 'ProtocolError',
    message: expect.stringMatching(counts) as string,
  });
});
