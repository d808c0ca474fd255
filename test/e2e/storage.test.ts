import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
  const headers = { 'x-storageapi-token': CANARY_TOKEN };
  const body = JSON.stringify({ name: 'main', stage: 'in' });
  await fetch(`${lab.sandbox.url}/v2/storage/buckets`, { method: 'POST', headers, body });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0 });
  await lab.startWorker();
});
afterAll(async () => {
  expect(lab.processes.words).not.toContain(CANARY);
  await lab.close();
});

describe('`import` and `export`', () => {
  it('load a file into a table through the worker, and bring it back', async () => {
    const folder = await tempFolder();
    const [from, to] = [join(folder, 'orders.csv'), join(folder, 'back.csv')];
    await writeFile(from, '\uFEFFid,price\n1,"10 €"\n');
    const imported = await lab.run(['import', 'in.c-main.orders', from, '--primary-key', 'id', '--json']);
    expect(imported.code, imported.stderr).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ operation: 'tableCreate', table: 'in.c-main.orders', rows: 1 });
    const exported = await lab.run(['export', 'in.c-main.orders', '-o', to]);
    expect(exported.code, exported.stderr).toBe(0);
    expect(exported.stdout).toMatch(/success .* Storage job \d+ .* tableExport .* in\.c-main\.orders/);
    expect(await readFile(to, 'utf8')).toBe('"id","price"\n"1","10 €"\n');
    const { jobId } = JSON.parse(imported.stdout) as { jobId: string };
    const logs = await lab.run(['logs', jobId]);
    expect(logs.code).toBe(2);
    expect(logs.stderr).toContain(
      `${jobId} is a Storage job, and Storage jobs have no log. \`status\` shows its state.`,
    );
    const printed = await lab.run(['export', 'in.c-main.orders', '--columns', 'price']);
    expect(printed.stdout).toBe('"price"\n"10 €"\n');
    expect(lab.sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1, tableExport: 2 });
  });

  it('refuse what is no CSV in UTF-8, before Temporal is asked', async () => {
    const file = join(await tempFolder(), 'latin1.csv');
    await writeFile(file, Buffer.from('id,price\n1,10 \u00a3\n', 'latin1'));
    const { code, stderr } = await lab.run(['import', 'in.c-main.latin', file]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('not UTF-8 text') as string });
    await writeFile(file, 'id,price\n1\n');
    const ragged = await lab.run(['import', 'in.c-main.latin', file]);
    expect(ragged).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('source.csv: line 2: has 1 value') as string,
    });
  });

  it.each<[string, string, string]>([
    ['semicolons', 'id;name\n1;Anna\n', ';'],
    ['tabs', 'id\tname\n1\tAnna\n', '\\t'],
    ['bars', 'id|name\n1|Anna\n', '|'],
  ])('warn of %s, which would make one column, and take them where they are named', async (name, csv, separator) => {
    const file = join(await tempFolder(), `${name}.csv`);
    await writeFile(file, csv);
    const blind = await lab.run(['import', `in.c-main.${name}-blind`, file]);
    expect(blind).toMatchObject({ code: 0, stderr: expect.stringContaining(`--delimiter '${separator}'`) as string });
    const forPrograms = await lab.run(['import', `in.c-main.${name}-json`, file, '--json']);
    expect(forPrograms.stderr).toMatch(/^warning: .* names its columns with more '/);
    expect(JSON.parse(forPrograms.stdout)).toMatchObject({ rows: 1 });
    const told = ['import', `in.c-main.${name}`, file, '--delimiter', separator, '--primary-key', 'id', '--json'];
    const { code, stdout, stderr } = await lab.run(told);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1 });
    const back = await lab.run(['export', `in.c-main.${name}`]);
    expect(back.stdout).toBe('"id","name"\n"1","Anna"\n');
  });

  it('warn of a delimiter that a file separated by commas does not have', async () => {
    const file = join(await tempFolder(), 'plain.csv');
    await writeFile(file, 'id,name\n1,Anna\n');
    const { code, stderr } = await lab.run(['import', 'in.c-main.plain', file, '--delimiter', ';']);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('leave --delimiter out') as string,
    });
  });

  it('take a gzipped file, and blank lines at its end', async () => {
    const file = join(await tempFolder(), 'people.csv.gz');
    await writeFile(file, gzipSync('id,name\r\n1,Anna\r\n\r\n\n'));
    const { code, stdout, stderr } = await lab.run(['import', 'in.c-main.zipped', file, '--json']);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1 });
  });

  it.each<[string, string | Buffer, string]>([
    ['a line that only Excel reads', 'sep=;\nid;name\n1;Anna\n', "remove it, and say that the delimiter is ';'"],
    ['a workbook', Buffer.from('PK\u0003\u0004xl/workbook.xml'), 'save the sheet as CSV'],
    ['UTF-16', Buffer.from('\uFEFFid,name\n', 'utf16le'), 'is UTF-16; save it as UTF-8'],
    ['a gzip file that is cut', gzipSync('id,name\n1,Anna\n').subarray(0, 20), 'is a broken gzip file'],
    ['a gzip file that unpacks to a film', gzipSync(Buffer.alloc(20_000_000)), 'larger than 1048576 bytes unzipped'],
    ['a blank line within', 'id,name\n\n1,Anna\n', 'line 2: is blank; remove it'],
  ])('refuse %s with what to do', async (_, content, words) => {
    const file = join(await tempFolder(), 'odd.csv');
    await writeFile(file, content);
    const { code, stderr } = await lab.run(['import', 'in.c-main.odd', file]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) as string });
  });

  it('tell why a table cannot be loaded', async () => {
    const file = join(await tempFolder(), 'other.csv');
    await writeFile(file, 'id\n1\n');
    const { code, stderr } = await lab.run(['import', 'in.c-main.orders', file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/StorageJobFailed: Some columns are missing .*csvImport.columnsNotMatch/);
    const missing = await lab.run(['export', 'in.c-main.none']);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no table') as string });
  });
});
