import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import type { Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 60_000;
const LARGE = `"id","text"\n${Array.from({ length: ROWS }, (_, at) => `"${at}","a value, row ${at}"`).join('\n')}\n`;

let lab: CliLab;
let folder: string;
let env: Environment;

beforeAll(async () => {
  lab = await openCliLab();
  folder = await tempFolder();
  env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KBC_FILES_URL: lab.sandbox.url };
  await writeFile(join(folder, 'large.csv'), LARGE);
  await writeFile(join(folder, 'large.csv.gz'), gzipSync(LARGE));
  await writeFile(join(folder, 'broken.csv'), `${LARGE}"never ends`);
  await lab.startWorker({ KBC_FILES_URL: lab.sandbox.url });
});
beforeEach(async () => {
  lab.sandbox.reset();
  const headers = { 'x-storageapi-token': CANARY_TOKEN };
  const body = JSON.stringify({ name: 'main', stage: 'in' });
  await fetch(`${lab.sandbox.url}/v2/storage/buckets`, { method: 'POST', headers, body });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0, searchLagSeconds: 0 });
});
afterAll(async () => {
  expect(lab.processes.words).not.toContain(CANARY);
  await lab.close();
});

const filesLeft = async (): Promise<unknown> => (await storage(lab.sandbox, '/files', { token: CANARY_TOKEN })).json;

describe('a file of the caller that is larger than what goes through Temporal', () => {
  it.each([
    ['azure', 'large.csv'],
    ['aws', 'large.csv.gz'],
    ['gcp', 'large.csv'],
  ] as const)('goes up to %s and comes back as it was, by its id alone (%s)', async (fileProvider, name) => {
    await lab.sandbox.settings({ fileProvider });
    const key = lab.unique('large');
    const load = ['import', 'in.c-main.large', join(folder, name), '--key', key, '--progress-lines', '--json'];
    const imported = await lab.run(load, env);
    expect(imported.code, imported.stderr).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ operation: 'tableCreate', rows: ROWS });
    const lines = imported.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ progress: `Uploading ${name}`, secondsLeft: 0 });
    const to = join(folder, `back-${fileProvider}.csv`);
    const exported = await lab.run(['export', 'in.c-main.large', '-o', to, '--key', key], env);
    expect(exported.code, exported.stderr).toBe(0);
    expect(await readFile(to, 'utf8')).toBe(LARGE);
    expect((await readdir(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('is refused where the command has no token of its own, with what to do', async () => {
    const { code, stderr } = await lab.run(['import', 'in.c-main.large', join(folder, 'large.csv')]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('KBC_URL') as string });
  });

  it('is refused where the token of the command is of another project, and nothing is moved', async () => {
    const other = { ...env, KBC_TOKEN: '2222-1-other' };
    const { code, stderr } = await lab.run(['import', 'in.c-main.large', join(folder, 'large.csv')], other);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('of another project') as string,
    });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('is refused where it is broken, and nothing of it is left in Storage', async () => {
    const { code, stderr } = await lab.run(['import', 'in.c-main.large', join(folder, 'broken.csv')], env);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('never ends') as string });
    expect(await filesLeft()).toEqual([]);
  });

  it('is deleted where its upload is interrupted', async () => {
    lab.sandbox.faults.add({ route: 'upload', times: 'always', hang: true });
    const upload = lab.start(['import', 'in.c-main.large', join(folder, 'large.csv')], env);
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBe(1));
    lab.sandbox.faults.clear();
    expect(await upload.signal('SIGINT').end()).toMatchObject({ code: 130 });
    expect(await filesLeft()).toEqual([]);
  });

  it('is deleted where no workflow comes of it', async () => {
    await lab.sandbox.settings({ storageJobSeconds: 3_600 });
    const key = lab.unique('busy');
    const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', key];
    expect(await lab.run([...load, '--detach'], env)).toMatchObject({ code: 0 });
    expect(await lab.run([...load, '--if-running', 'fail'], env)).toMatchObject({ code: 2 });
    expect(await filesLeft()).toHaveLength(1);
  });
});
