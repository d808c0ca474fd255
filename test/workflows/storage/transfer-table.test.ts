import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportTableResult, ImportTableResult } from '../../../src/job/storage/result.js';
import { rowsOf, storage } from '../../sandbox/storage-support.js';
import { historyText } from '../../support/history-text.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';

/** Storage keeps neither name as it is written here. */
const SPELLED = '"order-id","shop name"\n"1","Brno"\n"2","Plzen"\n';

let lab: StorageLab;

beforeAll(async () => {
  lab = await StorageLab.open();
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

const importing = (csv = CSV, more: object = {}): Promise<ImportTableResult> =>
  lab.resultOf('importTable', { table: TABLE, source: { csv }, ...more });

describe('an import', () => {
  it('makes the table that is missing, and asks for it once', async () => {
    const result = await importing(CSV, { primaryKey: ['id'] });
    expect(result).toMatchObject({ table: TABLE, created: true, rows: 2, bytes: CSV.length, status: 'success' });
    expect(lab.sandbox.counters).toMatchObject({ storagePosts: 1, storageJobsByOperation: { tableCreate: 1 } });
    expect(lab.sandbox.counters.requests).toMatchObject({ filePrepare: 1, upload: 1, tableCreate: 1 });
    expect(await rowsOf(lab.sandbox, TABLE)).toEqual(['"1","10"', '"2","20"']);
  });

  it('loads the table that is there, in full or besides what it has', async () => {
    await lab.makeTable();
    expect(await importing('id,price\n3,30\n', { incremental: true })).toMatchObject({ created: false, rows: 1 });
    expect(await rowsOf(lab.sandbox, TABLE)).toHaveLength(3);
    await importing('id,price\n4,40\n');
    expect(await rowsOf(lab.sandbox, TABLE)).toEqual(['"4","40"']);
    expect(lab.sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1, tableImport: 2 });
  });

  it('takes CSV of its own format, quotes and line ends, with a byte order mark', async () => {
    const csv = "\uFEFFid;price\r\n1;'a \"big\"; one'\r\n2;'it''s\ntwo lines'\r\n";
    expect(await importing(csv, { delimiter: ';', enclosure: "'" })).toMatchObject({ rows: 2 });
    const exported = await lab.resultOf<ExportTableResult>('exportTable', { table: TABLE });
    expect(exported.csv).toBe('"id","price"\n"1","a ""big""; one"\n"2","it\'s\ntwo lines"\n');
  });

  it('of a MiB arrives whole', async () => {
    const rows = Math.floor((1024 * 1024 - 9) / 9);
    const csv = `id,price\n${Array.from({ length: rows }, (_, at) => `${100_000 + at},x`).join('\n')}\n`;
    expect(await importing(csv)).toMatchObject({ rows, bytes: csv.length });
    const { json } = await storage<{ rowsCount: number }>(lab.sandbox, `/tables/${TABLE}`);
    expect(json.rowsCount).toBe(rows);
  });

  it.each(['order-id', 'order_id'])('takes a key that Storage spells otherwise: %s', async (key) => {
    expect(await importing(SPELLED, { primaryKey: [key] })).toMatchObject({ created: true, status: 'success' });
    const { json } = await storage<{ primaryKey: string[] }>(lab.sandbox, `/tables/${TABLE}`);
    expect(json.primaryKey).toEqual(['order_id']);
    const again = { primaryKey: [key], incremental: true };
    expect(await importing(SPELLED, again)).toMatchObject({ created: false, status: 'success' });
    expect(await rowsOf(lab.sandbox, TABLE)).toHaveLength(2);
  });

  it('is loaded where Storage says null of the primary key of its table, and writes its columns with gaps', async () => {
    await lab.makeTable();
    const table = { columns: { 1: 'id', 3: 'price' }, primaryKey: null };
    lab.sandbox.faults.add({ route: 'table', times: 'always', replaceBody: table });
    expect(await importing()).toMatchObject({ created: false, status: 'success' });
  });

  it('is tried again when the upload breaks, and nothing is asked of Storage before it stands', async () => {
    lab.sandbox.faults.add({ route: 'upload', status: 403, times: 2 });
    lab.sandbox.faults.add({ route: 'upload', call: 3, reset: 'before' });
    expect(await importing()).toMatchObject({ status: 'success' });
    expect(lab.sandbox.counters.requests).toMatchObject({ filePrepare: 4, upload: 4, tableCreate: 1 });
  });
});

describe('an export', () => {
  beforeEach(() => lab.makeTable('id,price\n2,20\n1,10\n'));

  it.each([true, false])(
    'is the whole table as CSV with its header, asked for once (in slices: %s)',
    async (sliced) => {
      await lab.sandbox.settings({ slicedExports: sliced });
      const before = lab.sandbox.counters.storagePosts;
      const result = await lab.resultOf<ExportTableResult>('exportTable', { table: TABLE });
      expect(result).toMatchObject({ csv: '"id","price"\n"2","20"\n"1","10"\n', columns: ['id', 'price'] });
      expect(result.bytes).toBe(result.csv?.length);
      expect(lab.sandbox.counters.storagePosts - before).toBe(1);
      expect(lab.sandbox.counters.storageJobsByOperation).toMatchObject({ tableExport: 1 });
    },
  );

  it('may be a part of it', async () => {
    const input = { table: TABLE, columns: ['price'], limit: 1 };
    expect((await lab.resultOf<ExportTableResult>('exportTable', input)).csv).toBe('"price"\n"20"\n');
  });

  it.each([
    ['shop name', 'order-id'],
    ['shop_name', 'order_id'],
  ])('finds columns that Storage spells otherwise: %s, %s', async (...columns) => {
    await lab.reset();
    await lab.makeTable(SPELLED);
    const { csv } = await lab.resultOf<ExportTableResult>('exportTable', { table: TABLE, columns });
    expect(csv).toBe('"shop_name","order_id"\n"Brno","1"\n"Plzen","2"\n');
  });

  it('of more than a MiB is refused, and names the file that has it', async () => {
    const csv = `id,price\n${`1,${'x'.repeat(1_000)}\n`.repeat(1_100)}`;
    await lab.reset();
    await lab.makeTable(csv);
    const cause = await causeOf(await lab.start('exportTable', { table: TABLE }));
    expect(cause).toMatchObject({ type: 'ExportTooLarge', nonRetryable: true });
    expect(cause.message).toMatch(/larger than 1 MiB; it is in file \d+/);
  });

  it('of a table that vanishes meanwhile fails, and no file is fetched', async () => {
    lab.sandbox.faults.add({ route: 'tableExport', jobSeconds: 600 });
    const handle = await lab.start('exportTable', { table: TABLE });
    await handle.executeUpdate('waitForCreated');
    await storage(lab.sandbox, `/tables/${TABLE}`, { method: 'DELETE' });
    expect(await causeOf(handle)).toMatchObject({
      type: 'StorageJobFailed',
      details: [{ error: { code: 'storage.tables.notFound' } }],
    });
    expect(lab.sandbox.counters.requests.download).toBe(0);
  });

  it('does not take a page of a proxy for a file', async () => {
    lab.sandbox.faults.add({ route: 'download', status: 200, html: '<h1>Log in</h1>', times: 2 });
    const { csv } = await lab.resultOf<ExportTableResult>('exportTable', { table: TABLE });
    expect(csv).toBe('"id","price"\n"2","20"\n"1","10"\n');
  });
});

it('no signed address and no credential of a file is in a history', async () => {
  const imported = await lab.start('importTable', { table: TABLE, source: { csv: CSV } });
  await imported.result();
  const exported = await lab.start('exportTable', { table: TABLE });
  await exported.result();
  for (const { workflowId } of [imported, exported]) {
    const told = await historyText(lab.server.client, workflowId);
    expect(told).toContain(TABLE);
    expect(told).not.toMatch(/sig=|SharedAccessSignature/i);
  }
});

describe('what is wrong with an import', () => {
  it.each([
    ['', /is empty/],
    ['\n \n', /is empty/],
    ['id,price\n1,10,100\n', /line 2: has 3 values, the header names 2 columns/],
    ['id,price\n1\n', /line 2: has 1 value/],
    ['id,price\n"1,10\n', /line 2: a value is enclosed and never ends/],
    ['id,price\n1"0,10\n', /line 2: has " inside of a value/],
    ['id,price\n"1"0,10\n', /line 2: has text after the closing enclosure/],
    ['id,price\n1,a\0b\n', /line 2: holds a zero byte/],
    ['id,price\r1,10\r', /line 1: ends in a lone CR/],
    ['id,\n1,10\n', /line 1: column 2 has no name/],
    ['id,ID\n1,10\n', /line 1: names the column "ID" twice/],
    ['a_b,a-b\n1,10\n', /line 1: names the column "a-b" twice: Storage keeps it as "a_b"/],
    ['id,---\n1,10\n', /line 1: column 2 has no name: Storage keeps letters, digits and underscores/],
  ])('is told before anything is sent: %j', async (csv, message) => {
    const cause = await causeOf(await lab.start('importTable', { table: TABLE, source: { csv } }));
    expect(cause.type).toBe('InvalidInput');
    expect(cause.message).toMatch(message);
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it.each([
    ['in.c-main', /table: not the id of a table/],
    ['in.c-main.or ders', /table: not the id of a table/],
    ['in.c-main._orders', /table: not the id of a table/],
    ['up.c-main.orders', /table: not the id of a table/],
    ['in.c-none.orders', /the bucket "in.c-none" does not exist/],
  ])('may be its table: %s', async (table, message) => {
    const cause = await causeOf(await lab.start('importTable', { table, source: { csv: CSV } }));
    expect(cause.type).toBe('InvalidInput');
    expect(cause.message).toMatch(message);
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('may be a column that the table has and the CSV has not: then nothing is loaded', async () => {
    await lab.makeTable();
    const cause = await causeOf(await lab.start('importTable', { table: TABLE, source: { csv: 'id\n1\n' } }));
    expect(cause).toMatchObject({
      type: 'StorageJobFailed',
      details: [{ error: { code: 'csvImport.columnsNotMatch' }, results: { missingColumns: ['price'] } }],
    });
    expect(await rowsOf(lab.sandbox, TABLE)).toHaveLength(2);
  });

  it('may be another primary key than the table has', async () => {
    await lab.makeTable();
    const input = { table: TABLE, source: { csv: CSV }, primaryKey: ['id'] };
    const cause = await causeOf(await lab.start('importTable', input));
    expect(cause.message).toBe(`primaryKey: table ${TABLE} exists and has no primary key`);
  });
});
