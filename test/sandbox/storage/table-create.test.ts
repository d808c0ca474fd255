import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask, pausedSandbox } from '../support.js';
import {
  accepted,
  finished,
  prepare,
  putBlob,
  readStorageJob,
  rowsOf,
  storage,
  tableOf,
  upload,
} from '../storage-support.js';
import type { StorageJobDocument } from '../storage-support.js';

const TABLES = '/buckets/in.c-main/tables-async';

async function withBucket(options: Parameters<typeof pausedSandbox>[0] = {}) {
  const sandbox = await pausedSandbox(options);
  await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main' } });
  return sandbox;
}

describe('a table', () => {
  it('is created from an uploaded file, with the rows of it', async () => {
    const sandbox = await withBucket();
    const dataFileId = await upload(sandbox, '\uFEFFid,"full name"\n1,"Žluťoučký ""kůň"""\r\n2,"two\nlines"\n');
    const job = await finished(sandbox, TABLES, { body: { name: 'people', dataFileId, primaryKey: 'id' } });
    expect(job).toMatchObject({
      status: 'success',
      operationName: 'tableCreate',
      operationParams: { source: { fileId: String(dataFileId) } },
      results: {
        id: 'in.c-main.people',
        name: 'people',
        columns: ['id', 'full_name'],
        primaryKey: ['id'],
        rowsCount: 2,
        bucket: { id: 'in.c-main', rowsCount: 2 },
      },
    });
    const shown = await storage(sandbox, '/tables/in.c-main.people');
    expect(shown.json).toEqual(job.results);
    expect((await storage(sandbox, '/tables/in.c-main.people/data-preview')).text).toBe(
      '"id","full_name"\n"1","Žluťoučký ""kůň"""\n"2","two\nlines"\n',
    );
    expect((await storage(sandbox, '/tables')).json).toEqual([job.results]);
    expect((await storage(sandbox, '/buckets/in.c-main/tables')).json).toEqual([job.results]);
  });

  it('may come zipped, in slices, or without rows', async () => {
    const sandbox = await withBucket();
    const zipped = await upload(sandbox, gzipSync('id\n1\n'), 'rows.csv.gz');
    const empty = await upload(sandbox, 'id,name\n');
    const sliced = await prepare(sandbox, { isSliced: true });
    const entries = ['1', '2'].map((part) => ({ url: `azure://kbc.blob.core.windows.net/x/rows.csv${part}` }));
    for (const part of ['1', '2']) await putBlob(sliced, `rows.csv${part}`, `${part},x\n`);
    await putBlob(sliced, 'rows.csvmanifest', JSON.stringify({ entries }));
    const bodies = [
      { name: 'zipped', dataFileId: zipped },
      { name: 'empty', dataFileId: empty },
      { name: 'sliced', dataFileId: sliced.id, columns: ['id', 'name'] },
    ];
    for (const body of bodies) expect((await finished(sandbox, TABLES, { body })).status).toBe('success');
    expect(await rowsOf(sandbox, 'in.c-main.zipped')).toEqual(['"1"']);
    expect(await rowsOf(sandbox, 'in.c-main.empty')).toEqual([]);
    expect(await rowsOf(sandbox, 'in.c-main.sliced')).toEqual(['"1","x"', '"2","x"']);
  });

  it('finds its file by an id above 2^53, as a number and as text', async () => {
    const sandbox = await withBucket({ firstTicket: '9007199254740993' });
    const file = await prepare(sandbox);
    await putBlob(file, 'rows.csv', 'id\n1\n');
    for (const [name, id] of Object.entries({ number: '9007199254740993', text: '"9007199254740993"' })) {
      const rawBody = `{"name":"${name}","dataFileId":${id}}`;
      const { status, text } = await ask(sandbox, `/v2/storage${TABLES}`, { method: 'POST', rawBody });
      expect([name, status, text.includes('"fileId":"9007199254740993"')]).toEqual([name, 202, true]);
    }
  });

  it('may be defined without a file', async () => {
    const sandbox = await withBucket();
    const body = { name: 'typed', primaryKeysNames: ['id'], columns: [{ name: 'id', definition: { type: 'INT' } }] };
    const job = await finished(sandbox, '/buckets/in.c-main/tables-definition', { body });
    expect(job).toMatchObject({ status: 'success', results: { id: 'in.c-main.typed', columns: ['id'], rowsCount: 0 } });
  });

  it('is there once: the second creation fails at once, or in its job when both were under way', async () => {
    const sandbox = await withBucket();
    const body = { name: 'orders', dataFileId: await upload(sandbox, 'id\n1\n') };
    const [first, second] = [await accepted(sandbox, TABLES, { body }), await accepted(sandbox, TABLES, { body })];
    sandbox.clock.advance(10_000);
    expect((await readStorageJob(sandbox, first.id)).status).toBe('success');
    expect(await readStorageJob(sandbox, second.id)).toMatchObject({
      status: 'error',
      error: { code: 'storage.buckets.tableAlreadyExists' },
    });
    const third = await storage(sandbox, TABLES, { method: 'POST', body });
    expect([third.status, third.json['code']]).toEqual([400, 'storage.buckets.tableAlreadyExists']);
  });
});

describe('a creation of a table is refused at once', () => {
  it.each([
    [{ name: 'languages.main' }, 400, 'storage.tables.validation'],
    [{ name: '_x' }, 400, 'storage.tables.validation'],
    [{ name: undefined }, 400, 'storage.tables.validation'],
    [{ primaryKey: ['id', 'name'] }, 400, 'storage.validation.primaryKey'],
    [{ delimiter: '/t' }, 400, 'invalidCsv'],
    [{ delimiter: '"' }, 400, 'invalidCsv'],
    [{ enclosure: '"', escapedBy: '\\' }, 400, 'csvImport.invalidCsvParams'],
    [{ dataFileId: 1 }, 404, 'storage.files.notFound'],
    [{ dataFileId: undefined, snapshotId: 1 }, 400, 'storage.tables.validation'],
  ])('with %j', async (fields, status, code) => {
    const sandbox = await withBucket();
    const body = { name: 'orders', dataFileId: await upload(sandbox, 'id\n1\n'), ...fields };
    const refused = await storage(sandbox, TABLES, { method: 'POST', body });
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
    expect(sandbox.counters.storageJobsByOperation).toEqual({});
  });

  it('from a file that was prepared and never uploaded, and in a bucket that is not there', async () => {
    const sandbox = await withBucket();
    const body = { name: 'orders', dataFileId: (await prepare(sandbox)).id };
    expect((await storage(sandbox, TABLES, { method: 'POST', body })).json['code']).toBe('storage.fileNotUploaded');
    const elsewhere = await storage(sandbox, '/buckets/in.c-none/tables-async', { method: 'POST', body });
    expect([elsewhere.status, elsewhere.json['code']]).toEqual([404, 'storage.buckets.notFound']);
  });
});

describe('a creation of a table fails in its job, and leaves nothing', () => {
  it.each([
    ['an empty file', '', {}, 'storage.tables.validation.noColumns'],
    ['an empty column name', 'id,\n1,2\n', {}, 'storage.tables.validation.invalidColumnName'],
    ['a long column name', `${'x'.repeat(65)}\n`, {}, 'storage.tables.validation.invalidColumnName'],
    ['equal column names', 'id,name,Name\n', {}, 'storage.tables.validation.invalidColumnName'],
    ['too many columns', `${'a,'.repeat(1_200)}z\n`, {}, 'storage.maxNumberOfColumnsExceed'],
    [
      'a key that is no column',
      'id\n1\n',
      { primaryKey: 'id,fake' },
      'storage.tables.validation.invalidPrimaryKeyColumns',
    ],
    ['a row that is too long', 'id,name\n1,a\n2,b,c\n', {}, 'invalidData'],
    ['a row that is too short', 'id,name\n1\n', {}, 'invalidData'],
    ['an enclosure that is never closed', 'id,name\n1,"a\n', {}, 'invalidData'],
    ['bytes that are not UTF-8', Buffer.from('id\né\n', 'latin1'), {}, 'invalidData'],
    ['bytes that break off', Buffer.from([0x61, 0x0a, 0xc5]), {}, 'invalidData'],
  ])('with %s', async (_what, content, fields, code) => {
    const sandbox = await withBucket();
    const body = { name: 'orders', dataFileId: await upload(sandbox, content), ...fields };
    const job = await finished(sandbox, TABLES, { body });
    expect([job.status, job.error?.code, job.results]).toEqual(['error', code, []]);
    expect((await storage(sandbox, '/tables')).json).toEqual([]);
    expect((await storage(sandbox, '/tables/in.c-main.orders')).json['code']).toBe('storage.tables.notFound');
  });

  it('with a broken zip, or slices that are missing', async () => {
    const sandbox = await withBucket();
    const zipped = await upload(sandbox, 'id\n1\n', 'rows.csv.gz');
    const sliced = await prepare(sandbox, { isSliced: true });
    await putBlob(sliced, 'rows.csvmanifest', JSON.stringify({ entries: [{ url: 'azure://x/y/rows.csv1' }] }));
    const codeOf = async (dataFileId: number): Promise<string | undefined> =>
      (await finished(sandbox, TABLES, { body: { name: 'orders', dataFileId } })).error?.code;
    expect(await codeOf(zipped)).toBe('invalidData');
    expect(await codeOf(sliced.id)).toBe('storage.importFileMissing');
    await putBlob(sliced, 'rows.csvmanifest', 'no manifest');
    expect(await codeOf(sliced.id)).toBe('storage.manifestFileMissing');
  });

  it('when it does not fit into the memory, a zip of a thousand times its size included', async () => {
    const sandbox = await withBucket({ storageBytesMax: 100_000 });
    const bomb = await upload(sandbox, gzipSync(`id\n${'x'.repeat(5_000_000)}\n`), 'rows.csv.gz');
    const rows = await upload(sandbox, `id\n${'x\n'.repeat(5_000)}`);
    for (const dataFileId of [bomb, rows]) {
      const job = await finished(sandbox, TABLES, { body: { name: 'orders', dataFileId } });
      expect([job.status, (await storage(sandbox, '/tables')).json]).toEqual(['error', []]);
    }
    const small = await upload(sandbox, 'id\n1\n');
    expect((await finished(sandbox, TABLES, { body: { name: 'orders', dataFileId: small } })).status).toBe('success');
  });
});

describe('a table is dropped', () => {
  it('at once or by a job, and 404 names the bucket when it is not there either', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    const job: StorageJobDocument = await finished(sandbox, `/tables/${table}?async=1`, { method: 'DELETE' });
    expect(job).toMatchObject({ status: 'success', operationName: 'tableDrop', tableId: table });
    const codes = [table, 'in.c-none.orders', 'orders'].map(async (id) => {
      const { status, json } = await storage(sandbox, `/tables/${id}`, { method: 'DELETE' });
      return [status, json['code']];
    });
    const [bucket, none] = ['storage.tables.notFound', 'storage.buckets.notFound'];
    expect(await Promise.all(codes)).toEqual([
      [404, bucket],
      [404, none],
      [404, none],
    ]);
  });
});
