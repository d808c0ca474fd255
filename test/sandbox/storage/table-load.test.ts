import { describe, expect, it } from 'vitest';
import { pausedSandbox } from '../support.js';
import { accepted, load, readStorageJob, rowsOf, storage, tableOf, upload } from '../storage-support.js';

describe('a load', () => {
  it('replaces all rows, and tells what it has done', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id,name\n1,a\n2,b\n');
    const job = await load(sandbox, table, 'name,id\nc,3\n');
    expect(job).toMatchObject({
      status: 'success',
      operationName: 'tableImport',
      tableId: table,
      metrics: { inBytes: 12 },
      operationParams: { params: { delimiter: ',', enclosure: '"' }, source: { type: 'file' }, queue: 'main_fast' },
      results: { importedRowsCount: 1, totalRowsCount: 1, warnings: [], importedColumns: ['name', 'id'] },
    });
    expect(await rowsOf(sandbox, table)).toEqual(['"3","c"']);
  });

  it('adds rows when it is incremental, and doubles them when it is repeated without a primary key', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    await load(sandbox, table, 'id\n2\n', { incremental: 1 });
    await load(sandbox, table, 'id\n2\n', { incremental: true });
    expect(await rowsOf(sandbox, table)).toEqual(['"1"', '"2"', '"2"']);
  });

  it('keeps the last row of each primary key, whether full or incremental', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id,name\na,b\nc,d\na,z\n', { primaryKey: 'id' });
    expect((await rowsOf(sandbox, table)).sort()).toEqual(['"a","z"', '"c","d"']);
    for (let count = 0; count < 2; count++) {
      await load(sandbox, table, 'id,name\na,updated\nnew,value\nnew,value\n', { incremental: true });
      expect((await rowsOf(sandbox, table)).sort()).toEqual(['"a","updated"', '"c","d"', '"new","value"']);
    }
  });

  it('keeps apart keys of several columns that look alike when joined', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'a,b\n"1,",2\n1,",2"\n', { primaryKey: 'a,b' });
    expect(await rowsOf(sandbox, table)).toHaveLength(2);
  });

  it('adds columns that the table does not have', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    await load(sandbox, table, 'id,more\n2,x\n', { incremental: true });
    expect(await rowsOf(sandbox, table)).toEqual(['"1",""', '"2","x"']);
  });

  it('may name the columns, have no header, or skip lines', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id,name\n');
    const rowsAfter = async (csv: string, options: object): Promise<string[]> => {
      expect((await load(sandbox, table, csv, options)).status).toBe('success');
      return rowsOf(sandbox, table);
    };
    expect(await rowsAfter('a,1\n', { columns: ['name', 'id'] })).toEqual(['"1","a"']);
    expect(await rowsAfter('1,a\n', { withoutHeaders: 1 })).toEqual(['"1","a"']);
    expect(await rowsAfter('whatever\n2,b\n', { ignoredLinesCount: 1 })).toEqual(['"2","b"']);
    expect(await rowsAfter('id\tname\n3\t"c\td"\n', { delimiter: '\\t' })).toEqual(['"3","c\td"']);
    expect(await rowsAfter('id,name\n4,a\\,b\n', { escapedBy: '\\' })).toEqual(['"4","a,b"']);
  });
});

describe('a load that fails', () => {
  it.each([
    ['columns are missing', 'Id,name\n9,z\n', 'csvImport.columnsNotMatch'],
    ['the file is empty', '', 'csvImport.columnsNotMatch'],
    ['the delimiter is another one', 'id;name\n9;z\n', 'csvImport.columnsNotMatch'],
    ['columns are there twice', 'id,name,Name\n9,z,z\n', 'storage.tables.validation.invalidColumnName'],
    ['the last row is ragged', `id,name\n${'9,z\n'.repeat(1_000)}9\n`, 'invalidData'],
    ['the last row is broken', `id,name\n${'9,z\n'.repeat(1_000)}"9`, 'invalidData'],
  ])('because %s changes nothing', async (_what, csv, code) => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id,name\n1,a\n');
    const before = await storage(sandbox, `/tables/${table}`);
    for (const incremental of [false, true]) {
      const job = await load(sandbox, table, csv, { incremental });
      expect([job.status, job.error?.code]).toEqual(['error', code]);
    }
    expect(await storage(sandbox, `/tables/${table}`)).toEqual(before);
    expect(await rowsOf(sandbox, table)).toEqual(['"1","a"']);
  });

  it('because columns are missing has results all the same', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id,name,more\n');
    const job = await load(sandbox, table, 'id,name\n1,a\n');
    expect(job.results).toEqual({ missingColumns: ['more'], expectedColumns: ['id', 'name', 'more'] });
    expect(job.error?.message).toBe(
      'Some columns are missing in the csv file. Missing columns: more. Expected columns: id,name,more. ' +
        'Please check if the expected delimiter "," is used in the csv file.',
    );
  });

  it('because memory is short leaves the rows that were there', async () => {
    const sandbox = await pausedSandbox({ storageBytesMax: 5_000 });
    const table = await tableOf(sandbox, 'id\n1\n');
    const job = await load(sandbox, table, `id\n${'x\n'.repeat(1_000)}`, { incremental: true });
    expect([job.error?.code, await rowsOf(sandbox, table)]).toEqual(['sandbox.full', ['"1"']]);
  });

  it('because its table went meanwhile does not bring it back', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    const dataFileId = await upload(sandbox, 'id\n2\n');
    const { id } = await accepted(sandbox, `/tables/${table}/import-async`, { body: { dataFileId } });
    await storage(sandbox, `/tables/${table}`, { method: 'DELETE' });
    sandbox.clock.advance(10_000);
    expect((await readStorageJob(sandbox, id)).error?.code).toBe('storage.tables.notFound');
    expect((await storage(sandbox, '/tables')).json).toEqual([]);
  });
});

describe('loads of one table', () => {
  it('run one after another, in their order, and those of others beside them', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n0\n');
    const body = { name: 'other', dataFileId: await upload(sandbox, 'id\n0\n') };
    const ids: number[] = [];
    for (const row of [1, 2, 3]) {
      const load = { dataFileId: await upload(sandbox, `id\n${row}\n`), incremental: true };
      ids.push((await accepted(sandbox, `/tables/${table}/import-async`, { body: load })).id);
    }
    ids.push((await accepted(sandbox, '/buckets/in.c-main/tables-async', { body })).id);
    const statuses = () => Promise.all(ids.map(async (id) => (await readStorageJob(sandbox, id)).status));
    sandbox.clock.advance(600);
    expect(await statuses()).toEqual(['processing', 'waiting', 'waiting', 'processing']);
    sandbox.clock.advance(2_000);
    expect(await statuses()).toEqual(['success', 'processing', 'waiting', 'success']);
    sandbox.clock.advance(4_000);
    expect(await statuses()).toEqual(['success', 'success', 'success', 'success']);
    expect(await rowsOf(sandbox, table)).toEqual(['"0"', '"1"', '"2"', '"3"']);
  });

  it('are found by what they load when the answer was lost', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n0\n');
    const dataFileId = await upload(sandbox, 'id\n1\n');
    sandbox.faults.add({ route: 'tableImport', reset: 'after' });
    await expect(accepted(sandbox, `/tables/${table}/import-async`, { body: { dataFileId } })).rejects.toThrow();
    const [job] = (await storage<object[]>(sandbox, '/jobs?limit=1')).json;
    expect(job).toMatchObject({
      operationName: 'tableImport',
      tableId: table,
      operationParams: { source: { fileId: dataFileId } },
    });
  });
});
