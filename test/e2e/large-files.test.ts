import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { CLI, type Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 60_000;
/** By the clock of the sandbox, which is set forward as soon as the answer may come. */
const HELD_SECONDS = 60;
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
  await writeFile(join(folder, 'others.csv'), LARGE.replace('"text"', '"other"'));
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
    const to = join(folder, `back-from-${fileProvider}-${name}`);
    const exported = await lab.run(['export', 'in.c-main.large', '-o', to, '--key', key], env);
    expect(exported.code, exported.stderr).toBe(0);
    const back = await readFile(to);
    expect((name.endsWith('.gz') ? gunzipSync(back) : back).toString()).toBe(LARGE);
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
      stderr: expect.stringContaining('belongs to another project') as string,
    });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('is refused where it is broken, with the line, and nothing of it is left in Storage', async () => {
    const { code, stderr } = await lab.run(['import', 'in.c-main.large', join(folder, 'broken.csv')], env);
    const message = expect.stringContaining(`line ${ROWS + 2}: a value is enclosed and never ends`) as string;
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: message });
    expect(await filesLeft()).toEqual([]);
  });

  it('is refused where it shrinks while it is read, and nothing of it is left in Storage', async () => {
    const path = join(folder, 'shrinking.csv');
    await writeFile(
      path,
      LARGE.repeat(20).replaceAll('"id","text"\n', (header, at) => (at === 0 ? header : '')),
    );
    lab.sandbox.faults.add({ route: 'upload', call: 1, delaySeconds: HELD_SECONDS });
    const importing = lab.start(['import', 'in.c-main.large', path], env);
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBe(1));
    await truncate(path, 1_000_000);
    lab.sandbox.clock.advance(1_000 * HELD_SECONDS);
    const { code, stderr } = await importing.end();
    expect({ code, stderr }).toEqual({ code: 2, stderr: `UsageError: ${path} has changed while it was read\n` });
    expect(await filesLeft()).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('is deleted where its upload is interrupted by %s', async (signal, code) => {
    lab.sandbox.faults.add({ route: 'upload', times: 'always', hang: true });
    const upload = lab.start(['import', 'in.c-main.large', join(folder, 'large.csv')], env);
    await eventually(() => expect(lab.sandbox.counters.requests.upload).toBe(1));
    lab.sandbox.faults.clear();
    expect(await upload.signal(signal).end()).toMatchObject({
      code,
      stderr: expect.stringContaining('Interrupted: nothing was started') as string,
    });
    expect(await filesLeft()).toEqual([]);
  });

  it('is not uploaded for a table that can have no place', async () => {
    const { code, stderr } = await lab.run(['import', 'in.c-mian.large', join(folder, 'large.csv')], env);
    const message = expect.stringContaining(
      'the bucket "in.c-mian" does not exist. Did you mean "in.c-main"?',
    ) as string;
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: message });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('is uploaded where the token may not look at the bucket', async () => {
    lab.sandbox.faults.add({ route: 'bucket', call: 1, status: 403 });
    const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', lab.unique('blind')];
    const { code, stderr } = await lab.run(load, env);
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  it('is not uploaded for what is no id of a table', async () => {
    const { code, stderr } = await lab.run(['import', 'orders', join(folder, 'large.csv')], env);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('InvalidInputError: table') as string,
    });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('is deleted where its load fails', async () => {
    const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key'];
    expect(await lab.run([...load, lab.unique('first')], env)).toMatchObject({ code: 0 });
    const others = ['import', 'in.c-main.large', join(folder, 'others.csv'), '--key', lab.unique('second')];
    const failed = await lab.run(others, env);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('StorageJobFailed') as string });
    expect(await filesLeft()).toHaveLength(1);
  });

  it('is deleted where the worker refuses its load', async () => {
    const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key'];
    expect(await lab.run([...load, lab.unique('keyless')], env)).toMatchObject({ code: 0 });
    const refused = await lab.run([...load, lab.unique('key'), '--primary-key', 'id'], env);
    const message = expect.stringContaining('exists and has no primary key') as string;
    expect(refused).toMatchObject({ code: 2, stderr: message });
    expect(await filesLeft()).toHaveLength(1);
  });

  it('is deleted where its load is cancelled before there is a job', async () => {
    lab.sandbox.faults.add({ route: 'tableCreate', times: 'always', status: 429 });
    const key = lab.unique('early');
    const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', key, '--on-interrupt', 'cancel'];
    const importing = lab.start(load, env);
    await eventually(() => expect(lab.sandbox.counters.requests.tableCreate).toBeGreaterThan(0));
    expect(await importing.signal('SIGINT').end()).toMatchObject({ code: 4 });
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

describe('the place of an export', () => {
  it.each([
    ['a folder that does not exist', 'nowhere/out.csv', 'ENOENT'],
    ['a folder', '', 'it is a folder; name a file in it'],
    ['a name that the disk does not take', `${'x'.repeat(255)}.csv`, 'ENAMETOOLONG'],
  ])('is refused before anything is exported where it is %s', async (_, name, message) => {
    const { code, stderr } = await lab.run(['export', 'in.c-main.large', '-o', join(folder, name)], env);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
    expect(lab.sandbox.counters.requests.tableExport).toBe(0);
  });

  it('is refused where it is a device, which a file would replace', async () => {
    const { code, stderr } = await lab.run(['export', 'in.c-main.large', '-o', '/dev/null'], env);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('it is not a file') as string });
  });

  describe('of a table', () => {
    beforeEach(async () => {
      const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', lab.unique('table')];
      expect(await lab.run(load, env)).toMatchObject({ code: 0 });
    });

    it('may be standard output, whatever its size', async () => {
      const exported = await lab.run(['export', 'in.c-main.large', '-o', '-', '--key', lab.unique('out')], env);
      expect(exported.code, exported.stderr).toBe(0);
      expect(exported.stdout).toBe(LARGE);
      expect(exported.stderr).toContain(`${Buffer.byteLength(LARGE)} bytes`);
    });

    it('has nothing where its download is interrupted, which is told as an interrupt', async () => {
      lab.sandbox.faults.add({ route: 'download', times: 'always', hang: true });
      const to = join(folder, 'interrupted.csv');
      const args = ['export', 'in.c-main.large', '-o', to, '--key', lab.unique('stop'), '--json'];
      const exporting = lab.start(args, env);
      await eventually(() => expect(lab.sandbox.counters.requests.download).toBe(1));
      lab.sandbox.faults.clear();
      const { code, stdout } = await exporting.signal('SIGINT').end();
      expect({ code, ...JSON.parse(stdout) } as unknown).toMatchObject({
        code: 130,
        error: { type: 'Interrupted', exitCode: 130, message: expect.stringContaining('nothing is written') as string },
      });
      expect((await readdir(folder)).filter((name) => name.startsWith('interrupted.csv'))).toEqual([]);
    });

    it('is named at the end, and has nothing where its disk takes no more', async () => {
      const to = join(folder, 'full.csv');
      const args = ['export', 'in.c-main.large', '-o', to, '--key', lab.unique('full')];
      const command = 'ulimit -f 512; exec "$@"';
      const full = await lab.processes.start('bash', ['-c', command, 'sh', process.execPath, CLI, ...args], env).end();
      expect(full).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('its disk takes no more of it') as string,
      });
      expect(full.stderr).toMatch(/what was written is deleted\. Storage keeps file \d+ for 15 days\./);
      expect((await readdir(folder)).filter((name) => name.startsWith('full.csv'))).toEqual([]);
      const exported = await lab.run(args, env);
      expect(exported).toMatchObject({ code: 0, stdout: expect.stringContaining(`written to ${to}`) as string });
      expect(await readFile(to, 'utf8')).toBe(LARGE);
    });
  });
});
