import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    expect(exported.stdout).toMatch(/success .* job \d+ of Storage .* tableExport .* in\.c-main\.orders/);
    expect(await readFile(to, 'utf8')).toBe('"id","price"\n"1","10 €"\n');
    const printed = await lab.run(['export', 'in.c-main.orders', '--columns', 'price']);
    expect(printed.stdout).toBe('"price"\n"10 €"\n');
    expect(lab.sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1, tableExport: 2 });
  });

  it('refuse what is no CSV in UTF-8, before Temporal is asked', async () => {
    const file = join(await tempFolder(), 'latin1.csv');
    await writeFile(file, Buffer.from('id,price\n1,10 \u00a3\n', 'latin1'));
    const { code, stderr } = await lab.run(['import', 'in.c-main.latin', file]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('no text in UTF-8') as string });
    await writeFile(file, 'id,price\n1\n');
    const ragged = await lab.run(['import', 'in.c-main.latin', file]);
    expect(ragged).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('source.csv: line 2: has 1 values') as string,
    });
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
