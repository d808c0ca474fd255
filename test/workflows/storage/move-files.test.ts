import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportTableResult, ImportTableResult } from '../../../src/job/storage/result.js';
import { rowsOf, storage } from '../../sandbox/storage-support.js';
import { eventually } from '../../support/eventually.js';
import { historyText } from '../../support/history-text.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

/** As small as Google takes them. */
const PART = 262_144;
const ROWS = 30_000;
/** Values with line ends, quotes and delimiters in them. */
const LARGE = `id,text\n${Array.from({ length: ROWS }, (_, at) => `${at},"row ${at}\n""two"", lines"`).join('\n')}\n`;

let lab: StorageLab;
let web: Server;
let folder: string;
let outside: string;
let address: string;

beforeAll(async () => {
  [folder, outside] = [await tempFolder(), await tempFolder()];
  web = createServer((request, response) => {
    if (request.url === '/elsewhere.csv') response.writeHead(302, { location: 'http://127.0.0.1:1/x.csv' }).end();
    else if (request.url === '/moved.csv') response.writeHead(302, { location: '/orders.csv?sig=s3cret' }).end();
    else if (request.url === '/login') response.setHeader('content-type', 'text/html; charset=utf-8').end(CSV);
    else if (request.url?.startsWith('/orders.csv')) response.end(CSV);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const transfer = { partBytes: PART, awsPartBytesMin: 1, patience: { attemptsMax: 6, pauseMs: 1 } };
  lab = await StorageLab.open({ files: { folder, importHosts: [address, 'http://app.localhost'] }, transfer });
  await Promise.all([
    writeFile(join(folder, 'orders.csv'), CSV),
    writeFile(join(folder, 'large.csv'), LARGE),
    writeFile(join(folder, 'large.csv.gz'), gzipSync(LARGE)),
    writeFile(join(folder, 'marked.csv'), `\uFEFF${CSV}`),
    writeFile(join(folder, 'broken.csv'), 'id,text\n1,"never ends\n'),
    writeFile(join(folder, 'broken.csv.gz'), gzipSync(LARGE).subarray(0, 5_000)),
    writeFile(join(folder, 'twice.csv'), 'id,id\n1,2\n'),
    writeFile(join(folder, 'empty.csv'), ''),
    writeFile(join(outside, 'secret.csv'), CSV),
    mkdir(join(folder, 'in')),
  ]);
  await symlink(join(outside, 'secret.csv'), join(folder, 'link.csv'));
  await symlink(outside, join(folder, 'linked'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  await symlink(join(folder, 'orders.csv'), join(folder, 'own-link.csv'));
});
beforeEach(() => lab.reset());
afterAll(async () => {
  web.close();
  await lab.close();
});

const importing = (source: object, more: object = {}): Promise<ImportTableResult> =>
  lab.resultOf('importTable', { table: TABLE, source, ...more });
const exporting = (to: object, more: object = {}): Promise<ExportTableResult> =>
  lab.resultOf('exportTable', { table: TABLE, to, ...more });
const refusalOf = async (workflow: string, input: object): Promise<unknown> =>
  await causeOf(await lab.start(workflow, { table: TABLE, ...input }));

async function filesLeft(): Promise<unknown[]> {
  await lab.sandbox.settings({ searchLagSeconds: 0 });
  return (await storage<unknown[]>(lab.sandbox, '/files')).json;
}

async function at(fileProvider: 'azure' | 'aws' | 'gcp'): Promise<void> {
  await lab.sandbox.settings({ fileProvider, s3PartBytesMin: 1, searchLagSeconds: 0 });
}

describe.each(['azure', 'aws', 'gcp'] as const)('a file of the worker, of a project at %s', (provider) => {
  it('is loaded whole, its rows counted, and comes back as it was', async () => {
    await at(provider);
    const result = await importing({ file: 'large.csv' }, { primaryKey: ['id'] });
    expect(result).toMatchObject({ created: true, rows: ROWS, bytes: Buffer.byteLength(LARGE), status: 'success' });
    expect(lab.sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1 });
    expect(await exporting({ file: `in/${provider}.csv` })).toMatchObject({ file: `in/${provider}.csv` });
    const back = await readFile(join(folder, 'in', `${provider}.csv`), 'utf8');
    expect(back).toBe(LARGE.replace('id,text', '"id","text"').replace(/^(\d+),/gm, '"$1",'));
    await exporting({ file: `in/${provider}.csv.gz` }, { columns: ['id'] });
    const zipped = gunzipSync(await readFile(join(folder, 'in', `${provider}.csv.gz`))).toString();
    expect(zipped.split('\n').length).toBe(ROWS + 2);
    expect((await readdir(join(folder, 'in'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('whose parts break is loaded once', async () => {
    await at(provider);
    for (const call of [2, 3, 5]) lab.sandbox.faults.add({ route: 'upload', call, reset: 'after' });
    lab.sandbox.faults.add({ route: 'upload', call: 4, status: 500 });
    expect(await importing({ file: 'large.csv' })).toMatchObject({ rows: ROWS });
    expect(lab.sandbox.counters.requests).toMatchObject({ filePrepare: 1, tableCreate: 1 });
  });

  it('whose upload is cancelled is deleted in Storage, and nothing is loaded', async () => {
    await at(provider);
    lab.sandbox.faults.add({ route: 'upload', call: 3, times: 'always', hang: true });
    const handle = await lab.start('importTable', { table: TABLE, source: { file: 'large.csv' } });
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBeGreaterThan(2));
    lab.sandbox.faults.clear();
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await filesLeft()).toEqual([]);
    expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
  });
});

describe('a file of the worker', () => {
  it.each([
    ['that is gzipped', 'large.csv.gz', ROWS],
    ['with a byte order mark', 'marked.csv', 2],
    ['behind a link that stays in the folder', 'own-link.csv', 2],
  ])('%s is loaded', async (_, file, rows) => {
    expect(await importing({ file })).toMatchObject({ rows, status: 'success' });
    const { json } = await storage<{ rowsCount: number; columns: string[] }>(lab.sandbox, `/tables/${TABLE}`);
    expect([json.rowsCount, json.columns[0]]).toEqual([rows, 'id']);
  });

  it.each([
    ['that does not exist', 'none.csv', /not in the folder of the worker \(ENOENT\)/],
    ['that is a folder', 'in', /in is a folder/],
    ['that is a pipe', 'pipe.csv', /pipe.csv is not a regular file/],
    ['behind a link out of the folder', 'link.csv', /leads out of the folder/],
    ['in a folder that is a link out of it', 'linked/secret.csv', /leads out of the folder/],
    ['behind dots', '../secret.csv', /not a path below the folder/],
    ['by an absolute path', '/etc/passwd', /not a path below the folder/],
    ['whose last value never ends', 'broken.csv', /a value is enclosed and never ends/],
    ['whose gzip breaks off', 'broken.csv.gz', /broken gzip/],
    ['that names a column twice', 'twice.csv', /names the column "id" twice/],
    ['that is empty', 'empty.csv', /is empty/],
  ])('%s is refused, and nothing is left of it', async (_, file, message) => {
    await at('aws');
    const error = await refusalOf('importTable', { source: { file } });
    expect(error).toMatchObject({ type: 'InvalidInput', message: expect.stringMatching(message) as string });
    expect(await filesLeft()).toEqual([]);
    expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
  });

  it('without a column of the primary key is refused', async () => {
    const error = await refusalOf('importTable', { source: { file: 'large.csv' }, primaryKey: ['nope'] });
    expect(error).toMatchObject({ type: 'InvalidInput', message: expect.stringContaining('nope') as string });
    expect(await filesLeft()).toEqual([]);
  });

  it('of which Storage says that it has loaded another number of rows fails, and both are told', async () => {
    await lab.makeTable();
    lab.sandbox.faults.add({ route: 'storageJob', times: 'always', status: 503 });
    const handle = await lab.start('importTable', { table: TABLE, source: { file: 'orders.csv' } });
    await eventually(() => expect(lab.sandbox.counters.requests.storageJob).toBeGreaterThan(0));
    const [job] = (await storage<{ id: number }[]>(lab.sandbox, '/jobs?limit=1')).json;
    lab.sandbox.faults.clear();
    const over = { ...job, status: 'success', endTime: '2026-01-01T00:00:00+0100', results: { importedRowsCount: 1 } };
    lab.sandbox.faults.add({ route: 'storageJob', times: 'always', replaceBody: over });
    expect(await causeOf(handle)).toMatchObject({
      type: 'ProtocolError',
      message: expect.stringMatching(/loaded 1 row, but file \d+ has 2/) as string,
    });
  });

  it('is none where two sources are named, or none is', async () => {
    for (const source of [{}, { csv: CSV, file: 'orders.csv' }, { file: 'orders.csv', fileId: '1' }]) {
      const message = expect.stringContaining('exactly one of csv, file, url, fileId') as string;
      expect(await refusalOf('importTable', { source })).toMatchObject({ type: 'InvalidInput', message });
    }
  });
});

describe('an address', () => {
  it('at an allowed host is loaded, also behind a redirect, and its query shows nowhere', async () => {
    expect(await importing({ url: `${address}/orders.csv` })).toMatchObject({ rows: 2 });
    const handle = await lab.start('importTable', { table: TABLE, source: { url: `${address}/moved.csv` } });
    expect(await handle.result()).toMatchObject({ rows: 2 });
    expect(await rowsOf(lab.sandbox, TABLE)).toEqual(['"1","10"', '"2","20"']);
    expect(await historyText(lab.lab.temporal, handle.workflowId)).not.toContain('s3cret');
  });

  it.each([
    ['another host', 'https://elsewhere.example.com/a.csv', /this worker may not read from http/],
    ['an allowed host on plain http', 'http://app.localhost/a.csv', /this worker may not read from http/],
    ['no file', '/none.csv', /answered 404/],
    ['a page', '/login', /answered a page \(text\/html; charset=utf-8\) instead of a file/],
    ['what redirects to another host', '/elsewhere.csv', /redirects to http:\/\/127.0.0.1:1, which this worker may/],
    ['what has a user', 'https://me:s3cret@files.example.com/a.csv', /not the address of a file/],
  ])('of %s is refused', async (_, url, message) => {
    const error = await refusalOf('importTable', { source: { url: url.startsWith('/') ? address + url : url } });
    expect(error).toMatchObject({ type: 'InvalidInput', message: expect.stringMatching(message) as string });
    expect(await filesLeft()).toEqual([]);
  });
});

describe('a file of Storage', () => {
  it('that is there already is loaded by its id', async () => {
    const fileId = String(await lab.upload(CSV));
    expect(await importing({ fileId })).toMatchObject({ rows: 2, fileId, created: true });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(1);
  });

  it('stays there where an export is to', async () => {
    await lab.makeTable();
    const result = await exporting({ storage: true });
    expect(result).toMatchObject({ table: TABLE, columns: ['id', 'price'], status: 'success' });
    expect(Object.keys(result)).not.toContain('csv');
    expect(lab.sandbox.counters.requests.download).toBe(0);
    expect(result.fileId).toMatch(/^\d+$/);
  });
});

describe('an export into the folder of the worker', () => {
  it.each([
    ['a folder that does not exist', 'nowhere/orders.csv', /ENOENT/],
    ['a folder behind a link', 'linked/orders.csv', /leads out of the folder/],
    ['a folder', 'in', /in is a folder/],
    ['a name that the disk does not take', `${'x'.repeat(250)}.csv`, /cannot be written \(ENAMETOOLONG\)/],
  ])('into %s is refused before anything is exported', async (_, file, message) => {
    await lab.makeTable();
    const error = await refusalOf('exportTable', { to: { file } });
    expect(error).toMatchObject({ type: 'InvalidInput', message: expect.stringMatching(message) as string });
    expect(lab.sandbox.counters.requests.tableExport).toBe(0);
  });

  it('replaces a link and not what it leads to', async () => {
    await lab.makeTable();
    await symlink(join(outside, 'secret.csv'), join(folder, 'in', 'trap.csv'));
    await exporting({ file: 'in/trap.csv' });
    expect(await readFile(join(outside, 'secret.csv'), 'utf8')).toBe(CSV);
    expect(await readFile(join(folder, 'in', 'trap.csv'), 'utf8')).toBe('"id","price"\n"1","10"\n"2","20"\n');
  });
});

it('are tasks of a pipeline, too', async () => {
  await at('gcp');
  const result = await lab.resultOf('runPipeline', {
    name: 'nightly',
    phases: [
      { name: 'in', tasks: [{ import: { table: TABLE, source: { file: 'orders.csv' } } }] },
      { name: 'out', tasks: [{ export: { table: TABLE, to: { file: 'in/nightly.csv' } } }] },
    ],
  });
  expect(result).toMatchObject({ status: 'success' });
  expect(await readFile(join(folder, 'in', 'nightly.csv'), 'utf8')).toContain('"2","20"');
});
