import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RouteName } from '../../src/sandbox/faults/route-names.js';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import type { Environment } from '../support/processes.js';
import { startRawServer, type RawServer, type Reply } from '../support/raw-server.js';
import { replies } from '../support/replies.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 60_000;
const LARGE = `"id","text"\n${Array.from({ length: ROWS }, (_, at) => `"${at}","a value, row ${at}"`).join('\n')}\n`;
const INTERRUPTED = {
  type: 'Interrupted',
  message: expect.stringContaining('nothing was started and nothing will be loaded') as string,
};
const NOTHING_STARTED = {
  code: 7,
  exitCode: 7,
  type: 'KeboolaError',
  message: expect.stringMatching(/answered 503: .*\. Nothing was started\.$/) as string,
};

let lab: CliLab;
let folder: string;
let env: Environment;
let load: string[];

beforeAll(async () => {
  lab = await openCliLab();
  folder = await tempFolder();
  env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KBC_FILES_URL: lab.sandbox.url };
  await writeFile(join(folder, 'large.csv'), LARGE);
  await lab.startWorker({ KBC_FILES_URL: lab.sandbox.url });
});
beforeEach(async () => {
  lab.sandbox.reset();
  await storage(lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' }, token: CANARY_TOKEN });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0, searchLagSeconds: 0 });
  load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', lab.unique('own'), '--json'];
});
afterAll(async () => {
  expect(lab.processes.words).not.toContain(CANARY);
  await lab.close();
});

const filesLeft = async (): Promise<unknown> => (await storage(lab.sandbox, '/files', { token: CANARY_TOKEN })).json;

/** The one document of a command that has failed. */
function failureOf(stdout: string): Record<string, unknown> {
  return (JSON.parse(stdout) as { error: Record<string, unknown> }).error;
}

/** A Keboola that only the command knows: the worker's answers. It hears who asks and says the same to all, or nothing. */
async function own(reply: Reply): Promise<{ env: Environment; requests: RawServer['requests'] }> {
  const { url, requests } = await startRawServer(reply);
  return { env: { ...env, KBC_URL: url }, requests };
}

describe('a command that moves a file by itself, and is interrupted', () => {
  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s while nobody says which project it has, has uploaded nothing', async (signal, code) => {
    const keboola = await own(replies.silence());
    const importing = lab.start(load, keboola.env);
    await eventually(() => expect(keboola.requests).toHaveLength(1));
    const end = await importing.signal(signal).end();
    expect({ ...end, ...failureOf(end.stdout) }).toMatchObject({ ...INTERRUPTED, code, exitCode: code });
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it.each<[string, RouteName, NodeJS.Signals, number]>([
    ['a bucket', 'bucket', 'SIGINT', 130],
    ['a place for its file', 'filePrepare', 'SIGTERM', 143],
  ])('while Storage does not answer for %s (%s, %s), has loaded nothing', async (_, route, signal, code) => {
    lab.sandbox.faults.add({ route, times: 'always', hang: true });
    const importing = lab.start(load, env);
    await eventually(() => expect(lab.sandbox.counters.requests[route]).toBe(1));
    const end = await importing.signal(signal).end();
    expect({ ...end, ...failureOf(end.stdout) }).toMatchObject({ ...INTERRUPTED, code, exitCode: code });
    expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
    expect(await filesLeft()).toEqual([]);
  });

  it('while nobody says which project it has, has exported nothing', async () => {
    const keboola = await own(replies.silence());
    const to = ['-o', join(folder, 'never.csv'), '--json'];
    const exporting = lab.start(['export', 'in.c-main.large', ...to], keboola.env);
    await eventually(() => expect(keboola.requests).toHaveLength(1));
    const { code, stdout } = await exporting.signal('SIGINT').end();
    expect({ code, ...failureOf(stdout) }).toMatchObject({ code: 130, type: 'Interrupted' });
    expect(lab.sandbox.counters.requests.tableExport).toBe(0);
  });
});

/** A way to Temporal on which the start of an import is lost, and whatever follows it. */
async function lossyWay(): Promise<{ address: string; isLost: () => boolean }> {
  const [, port = ''] = lab.address.split(':');
  let isLost = false;
  const server = createServer((socket) => {
    const next = connect(Number(port), '127.0.0.1');
    next.pipe(socket);
    socket.on('data', (bytes) => {
      isLost ||= bytes.includes('importTable');
      if (!isLost) next.write(bytes);
    });
    for (const one of [socket, next]) one.on('error', () => undefined);
    socket.on('close', () => next.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, isLost: () => isLost };
}

it('an import that is interrupted while Temporal does not answer may have started, and its file is kept', async () => {
  const way = await lossyWay();
  const importing = lab.start(load, { ...env, TEMPORAL_ADDRESS: way.address });
  await eventually(() => expect(way.isLost()).toBe(true));
  const { code, stdout } = await importing.signal('SIGINT').end();
  expect({ code, ...failureOf(stdout) }).toMatchObject({
    code: 130,
    type: 'Interrupted',
    message: expect.stringMatching(
      /^it may have started all the same\. Look with `keboola-temporal list`\. Storage keeps file \d+ for 15 days\.$/,
    ) as string,
  });
  expect(await filesLeft()).toHaveLength(1);
});

describe('a command that moves a file by itself, and has no answer of Keboola', () => {
  it('about its project, says that nothing was started, and ends with 7', async () => {
    const keboola = await own(replies.json(503, { error: 'Not now' }));
    const { code, stdout } = await lab.run(load, keboola.env);
    expect({ code, ...failureOf(stdout) }).toMatchObject(NOTHING_STARTED);
    expect(lab.sandbox.counters.requests.filePrepare).toBe(0);
  });

  it('about a place for its file, says that nothing was started, and ends with 7', async () => {
    lab.sandbox.faults.add({ route: 'filePrepare', times: 'always', status: 503 });
    const { code, stdout } = await lab.run(load, env);
    expect({ code, ...failureOf(stdout) }).toMatchObject(NOTHING_STARTED);
    expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
  });

  it('about the file of an export, names the file, and ends with 7', async () => {
    expect(await lab.run(load, env)).toMatchObject({ code: 0 });
    lab.sandbox.faults.add({ route: 'file', times: 'always', status: 503 });
    const to = ['-o', join(folder, 'missing.csv'), '--key', lab.unique('unfetched')];
    const { code, stdout } = await lab.run(['export', 'in.c-main.large', ...to, '--json'], env);
    expect({ code, ...failureOf(stdout) }).toMatchObject({
      code: 7,
      type: 'KeboolaError',
      message: expect.stringMatching(/Storage keeps file \d+ for 15 days\.$/) as string,
    });
  });
});

it('an export whose file the token of the command may not read has run, so that it ends with 1', async () => {
  expect(await lab.run(load, env)).toMatchObject({ code: 0 });
  lab.sandbox.faults.add({ route: 'file', times: 'always', status: 403 });
  const to = ['-o', join(folder, 'refused.csv'), '--key', lab.unique('refused')];
  const { code, stdout } = await lab.run(['export', 'in.c-main.large', ...to, '--json'], env);
  expect({ code, ...failureOf(stdout) }).toMatchObject({
    code: 1,
    exitCode: 1,
    type: 'KeboolaError',
    message: expect.stringMatching(/answered 403: .*Storage keeps file \d+ for 15 days\.$/) as string,
  });
});

it('an export tells its bytes as lines of JSON, and its end as one document', async () => {
  expect(await lab.run(load, env)).toMatchObject({ code: 0 });
  const to = ['-o', join(folder, 'told.csv'), '--key', lab.unique('told')];
  const exported = await lab.run(['export', 'in.c-main.large', ...to, '--progress-lines', '--json'], env);
  expect(exported.code, exported.stderr).toBe(0);
  const bytes = Buffer.byteLength(LARGE);
  expect(JSON.parse(exported.stdout)).toMatchObject({ bytes, file: join(folder, 'told.csv') });
  const lines = exported.stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ progress: 'Downloading told.csv', bytes: expect.any(Number) as number });
});

it('an import of a spreadsheet warns of its separator in a line of JSON between those of its progress', async () => {
  const path = join(folder, 'spreadsheet.csv');
  await writeFile(path, `id;name;price\n${'1;a name of some length;2\n'.repeat(60_000)}`);
  const args = ['import', 'in.c-main.spreadsheet', path, '--progress-lines', '--json'];
  const { code, stdout, stderr } = await lab.run(args, env);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 60_000 });
  const lines = stderr.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({
    warning: expect.stringContaining("names its columns with more ';' than delimiters") as string,
  });
});
