import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 60_000;

/** More than goes through Temporal. */
function large(header: string, separator = ','): string {
  const rows = Array.from({ length: ROWS }, (_, at) => `${at}${separator}a value in the row ${at}`);
  return `${header}\n${rows.join('\n')}\n`;
}

let lab: CliLab;
let folder: string;
let env: Environment;

beforeAll(async () => {
  lab = await openCliLab();
  folder = await tempFolder();
  env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KBC_FILES_URL: lab.sandbox.url };
  await lab.startWorker({ KBC_FILES_URL: lab.sandbox.url });
});
beforeEach(async () => {
  lab.sandbox.reset();
  await storage(lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' }, token: CANARY_TOKEN });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0, searchLagSeconds: 0 });
});
afterAll(async () => {
  expect(lab.processes.words).not.toContain(CANARY);
  await lab.close();
});

const filesLeft = async (): Promise<unknown> => (await storage(lab.sandbox, '/files', { token: CANARY_TOKEN })).json;

/** The arguments that load a file of this name and content into a table of its own. */
async function loading(name: string, content: string | Buffer): Promise<string[]> {
  const path = join(folder, name);
  await writeFile(path, content);
  return ['import', 'in.c-main.large', path, '--key', lab.unique('odd')];
}

async function fifo(name: string): Promise<string> {
  const path = join(folder, name);
  expect(await lab.processes.start('mkfifo', [path]).end()).toMatchObject({ code: 0 });
  return path;
}

describe('a large file for `import`', () => {
  it.each<[string, string, Buffer | string, string]>([
    ['begins with a line for Excel', 'excel.csv', large('sep=;\nid;text', ';'), "say that the delimiter is ';'"],
    ['is UTF-16', 'utf16.csv', Buffer.from(`\uFEFF${large('id,text')}`, 'utf16le'), 'is UTF-16; save it as UTF-8'],
    [
      'is a workbook',
      'book.xlsx',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(2_000_000)]),
      'save the sheet as CSV',
    ],
    ['is gzipped and breaks off', 'cut.csv.gz', gzipSync(large('id,text')).subarray(0, -20), 'is a broken gzip file'],
  ])('that %s is refused with what to do, and nothing of it is left in Storage', async (_, name, content, words) => {
    const { code, stderr } = await lab.run(await loading(name, content), env);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) as string });
    expect(await filesLeft()).toEqual([]);
  });

  it('whose values are separated by another mark is loaded with a warning that names it', async () => {
    const { code, stderr } = await lab.run(await loading('semicolons.csv', large('id;text', ';')), env);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("--delimiter ';'") as string });
  });

  it('is known as gzipped whatever it is called', async () => {
    const args = [...(await loading('zipped.bin', gzipSync(large('id,text')))), '--json'];
    const { code, stdout, stderr } = await lab.run(args, env);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: ROWS });
  });
});

describe('what `import` reads', () => {
  it('may be a pipe', async () => {
    const path = await fifo('pipe');
    const importing = lab.start(['import', 'in.c-main.small', path, '--key', lab.unique('pipe'), '--json'], env);
    await writeFile(path, 'id,text\n1,one\n');
    const { code, stdout, stderr } = await importing.end();
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1 });
  });

  it('is waited for with a word where it is a pipe into which nobody writes', async () => {
    const path = await fifo('silent');
    const importing = lab.start(['import', 'in.c-main.small', path], env);
    await importing.says(`Waiting for the end of ${path}`);
    expect(await importing.signal('SIGINT').end()).toMatchObject({ signal: 'SIGINT' });
  });

  it.each(['standard input', 'a pipe'])('has to be a file where it is large, and not %s', async (source) => {
    const path = source === 'a pipe' ? await fifo('flood') : '-';
    const importing = lab.start(['import', 'in.c-main.large', path], env);
    // Who has heard enough reads no more.
    if (path === '-') importing.input(large('id,text'));
    else await writeFile(path, large('id,text')).catch(() => undefined);
    const { code, stderr } = await importing.end();
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('write it to a file first') as string,
    });
  });

  it('is no folder', async () => {
    const { code, stderr } = await lab.run(['import', 'in.c-main.large', folder], env);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Cannot read') as string });
  });
});

it('`export -o` writes into no pipe, and says so before anything is exported', async () => {
  const { code, stderr } = await lab.run(['export', 'in.c-main.large', '-o', await fifo('taken')], env);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it is not a file; - is standard output') as string,
  });
  expect(lab.sandbox.counters.requests.tableExport).toBe(0);
});
