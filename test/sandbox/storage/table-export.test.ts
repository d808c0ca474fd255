import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { pausedSandbox } from '../support.js';
import type { ControlledClock, Sandbox } from '../../../src/sandbox/index.js';
import { entrance, finished, load, rowsOf, storage, tableOf } from '../storage-support.js';
import type { FileDocument } from '../storage-support.js';

const ROWS = 'id,name,price\n1,a,9\n2,b,10\n3,"c ""x""",100\n';

interface Exported {
  file: { id: number };
  cacheHit: boolean;
}

async function exported(sandbox: Sandbox<ControlledClock>, table: string, body: object = {}): Promise<Exported> {
  const job = await finished(sandbox, `/tables/${table}/export-async`, { body });
  if (job.status !== 'success') throw new Error(JSON.stringify(job.error));
  return job.results as Exported;
}

/** The bytes of a file in one piece, or of each of its slices. */
async function partsOf(sandbox: Sandbox, { file }: Exported): Promise<Buffer[]> {
  const { json } = await storage<FileDocument & { isSliced: boolean; absCredentials: { SASConnectionString: string } }>(
    sandbox,
    `/files/${file.id}?federationToken=1`,
  );
  const get = async (url: string): Promise<Buffer> => Buffer.from(await (await request(url)).body.arrayBuffer());
  const content = await get(json.url);
  if (!json.isSliced) return [content];
  const { entries } = JSON.parse(content.toString()) as { entries: { url: string }[] };
  const { endpoint, signature } = entrance(json.absCredentials.SASConnectionString);
  return Promise.all(
    entries.map(({ url }) => get(`${endpoint}/${url.split('.blob.core.windows.net/')[1] ?? ''}?${signature}`)),
  );
}

async function textOf(sandbox: Sandbox, exported: Exported): Promise<string> {
  return Buffer.concat(await partsOf(sandbox, exported)).toString();
}

describe('an export', () => {
  it('is slices without a header, and a manifest that names them', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, `id\n${'1\n'.repeat(100_001)}`);
    const exportedFile = await exported(sandbox, table);
    expect((await storage(sandbox, `/files/${exportedFile.file.id}`)).json).toMatchObject({
      isSliced: true,
      fileType: 'csv',
    });
    const parts = await partsOf(sandbox, exportedFile);
    expect(parts.map((part) => part.toString().split('\n').length - 1)).toEqual([100_000, 1]);
    expect(parts[1]?.toString()).toBe('"1"\n');
  });

  it('may be one file with a header and all rows, as they were loaded', async () => {
    const sandbox = await pausedSandbox({ slicedExports: false });
    const table = await tableOf(sandbox, ROWS);
    const text = await textOf(sandbox, await exported(sandbox, table));
    expect(text).toBe('"id","name","price"\n"1","a","9"\n"2","b","10"\n"3","c ""x""","100"\n');
    const again = await load(sandbox, table, text);
    expect([again.status, await rowsOf(sandbox, table)]).toEqual(['success', text.trimEnd().split('\n').slice(1)]);
  });

  it.each([
    [{ columns: ['price', 'id'], limit: 1 }, ['"9","1"']],
    [{ columns: 'id', whereFilters: [{ column: 'name', values: ['a', 'b'] }] }, ['"1"', '"2"']],
    [{ columns: 'id', whereFilters: [{ column: 'name', operator: 'ne', values: ['a', 'b'] }] }, ['"3"']],
    [
      { columns: 'id', whereFilters: [{ column: 'price', operator: 'gt', values: ['9'], dataType: 'INTEGER' }] },
      ['"2"', '"3"'],
    ],
    [{ columns: 'id', whereFilters: [{ column: 'price', operator: 'le', values: ['10'] }] }, ['"2"']],
    [{ columns: 'id', whereColumn: 'name', whereValues: ['b'] }, ['"2"']],
    [{ columns: 'id', orderBy: [{ column: 'price', order: 'DESC', dataType: 'INTEGER' }] }, ['"3"', '"2"', '"1"']],
    [{ columns: 'id', orderBy: [{ column: 'price' }] }, ['"2"', '"3"', '"1"']],
    [{ columns: 'id', changedSince: '-1 hour' }, ['"1"', '"2"', '"3"']],
    [{ columns: 'id', changedUntil: '-1 hour' }, []],
  ])('may be of a part: %j', async (body, rows) => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, ROWS);
    const text = await textOf(sandbox, await exported(sandbox, table, body));
    expect(text.split('\n').slice(0, -1)).toEqual(rows);
  });

  it('may be zipped', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    const results = await exported(sandbox, table, { gzip: true });
    const parts = await partsOf(sandbox, results);
    expect(parts.map((part) => gunzipSync(part).toString())).toEqual(['"1"\n']);
  });

  it('of the same data is the same file, until the data changes or the file is gone', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    const first = await exported(sandbox, table);
    expect(first.cacheHit).toBe(false);
    expect(await exported(sandbox, table)).toEqual({ ...first, cacheHit: true });
    expect((await exported(sandbox, table, { limit: 1 })).cacheHit).toBe(false);
    await load(sandbox, table, 'id\n2\n', { incremental: true });
    const second = await exported(sandbox, table);
    expect(second.cacheHit).toBe(false);
    await storage(sandbox, `/files/${second.file.id}`, { method: 'DELETE' });
    expect((await exported(sandbox, table)).cacheHit).toBe(false);
  });

  it.each([
    [{ columns: ['none'] }, 'storage.tables.nonExistingColumns'],
    [{ whereFilters: [{ column: 'none', values: ['1'] }] }, 'storage.tables.nonExistingColumns'],
    [{ whereFilters: [{ column: 'id', values: [] }] }, 'storage.tables.validation'],
    [{ whereFilters: [{ column: 'id', operator: 'like', values: ['1'] }] }, 'storage.tables.validation'],
    [{ whereFilters: 'id' }, 'storage.tables.validation'],
    [{ orderBy: ['id'] }, 'storage.tables.validation'],
    [{ limit: 'many' }, 'storage.tables.validation'],
    [{ fileType: 'parquet' }, 'storage.tables.validation'],
    [{ changedSince: 'soon' }, 'storage.validation'],
  ])('is refused for %j', async (body, code) => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, ROWS);
    const refused = await storage(sandbox, `/tables/${table}/export-async`, { method: 'POST', body });
    expect([refused.status, refused.json['code']]).toEqual([400, code]);
  });

  it('for which there is no room fails and leaves no file', async () => {
    const sandbox = await pausedSandbox({ storageBytesMax: 2_000 });
    const table = await tableOf(sandbox, `id\n${'x'.repeat(600)}\n`);
    sandbox.clock.advance(60_000);
    const job = await finished(sandbox, `/tables/${table}/export-async`);
    sandbox.clock.advance(60_000);
    expect([job.error?.code, (await storage<unknown[]>(sandbox, '/files')).json.length]).toEqual(['sandbox.full', 1]);
  });
});

describe('the preview of a table', () => {
  it('has a hundred rows, or as many as asked for up to a thousand', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, `id,name\n${Array.from({ length: 120 }, (_, row) => `${row},x\n`).join('')}`);
    expect(await rowsOf(sandbox, table)).toHaveLength(100);
    const part = await storage(sandbox, `/tables/${table}/data-preview?limit=2&columns=name`);
    expect(part.text).toBe('"name"\n"x"\n"x"\n');
    expect((await storage(sandbox, `/tables/${table}/data-preview?limit=1001`)).status).toBe(400);
  });
});

describe('rows', () => {
  it('are deleted by what they hold, and all of them only on purpose', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, ROWS);
    const path = `/tables/${table}/rows`;
    const filters = { whereFilters: [{ column: 'name', values: ['a', 'b'] }] };
    const job = await finished(sandbox, path, { method: 'DELETE', body: filters });
    expect(job).toMatchObject({ operationName: 'tableRowsDelete', tableId: table, results: { deletedRows: 2 } });
    expect(await rowsOf(sandbox, table)).toHaveLength(1);
    const refused = await storage(sandbox, path, { method: 'DELETE' });
    expect([refused.status, refused.json['code']]).toEqual([400, 'storage.tables.validation.unintendedTruncation']);
    const all = await finished(sandbox, `${path}?allowTruncate=1`, { method: 'DELETE' });
    expect([all.results, await rowsOf(sandbox, table)]).toEqual([{ deletedRows: 1 }, []]);
  });
});
