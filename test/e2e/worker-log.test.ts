import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort } from '../support/broken-servers.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

const wrong = { KBC_TOKEN: '1134-1-wrongwrongwrong' };

/** A worker that logs as one does by default. */
function worker(args: string[], env: Record<string, string>): ReturnType<CliLab['start']> {
  return lab.start(['worker', ...args], { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, ...env });
}

describe.concurrent("a worker's log", () => {
  it('says at start which project each connection is, where, and by which token', async () => {
    const running = worker([], { KEBOOLA_TASK_QUEUE: lab.unique('log') });
    const line =
      /\[INFO\] Keboola, connection default: project .+ \(1134\) on Syrup at http:\/\/127\.0\.0\.1:\d+, token "/;
    await running.says(line);
    await running.signal('SIGTERM').end();
  });

  it('says at start as an error that a token is refused, and the worker goes on', async () => {
    const running = worker([], { ...wrong, KEBOOLA_TASK_QUEUE: lab.unique('log') });
    await running.says(/\[ERROR\] Keboola, connection default: cannot be used at .* answered 401.*Set KBC_TOKEN\./);
    await running.says('Worker on task queue');
    expect(await running.signal('SIGTERM').end()).toMatchObject({ code: 0 });
  });
});

it('the JSON of the log says in a field which connection an event is about', async () => {
  const running = worker(['--log-format', 'json'], { ...wrong, KEBOOLA_TASK_QUEUE: lab.unique('log') });
  await running.says('Worker on task queue');
  await running.says('cannot be used at');
  const { stderr } = await running.signal('SIGTERM').end();
  const lines = stderr.split('\n').filter((line) => line.includes('cannot be used at'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ level: 'ERROR', connection: 'default' }]);
});

describe.concurrent('`wait` for a job that there is not', () => {
  it('is answered after a few looks, and leaves no stack in the log of the worker', async () => {
    const env = { KEBOOLA_TASK_QUEUE: lab.unique('log') };
    const running = worker([], env);
    await running.says('Worker on task queue');
    const { code, stderr } = await lab.run(['wait', '999999999'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('InvalidInput: jobId: the project of connection "default" has no job 999999999');
    expect(lab.sandbox.counters.readsByJob['999999999'] ?? 0).toBeLessThanOrEqual(3);
    const { stderr: log } = await running.signal('SIGTERM').end();
    expect(log).toContain('has no job 999999999');
    expect(log).not.toMatch(/Activity failed|^ +at /m);
  });

  it('is refused at once where its id can be none', async () => {
    const { code, stderr } = await lab.run(['wait', 'abc']);
    expect([code, stderr]).toEqual([
      2,
      'UsageError: "abc" is not a job id; job ids in Keboola are numbers, for example 186985832.\n',
    ]);
  });
});

describe.concurrent('`worker --strict`', () => {
  it('leaves with 2 when a connection is refused', async () => {
    const { code, stderr } = await worker(['--strict'], wrong).end();
    expect(code).toBe(2);
    expect(stderr).toMatch(/The worker does not start \(--strict\): default: .* answered 401/);
    expect(stderr).not.toContain('Worker on task queue');
    expect(stderr).not.toContain(wrong.KBC_TOKEN);
  });

  it('leaves with 7 when nobody answers at the address', async () => {
    const { code, stderr } = await worker(['--strict'], { KBC_URL: `http://127.0.0.1:${await closedPort()}` }).end();
    expect(code).toBe(7);
    expect(stderr).toContain('ECONNREFUSED');
  });

  it('starts when all are well', async () => {
    const running = worker(['--strict'], { KEBOOLA_TASK_QUEUE: lab.unique('log') });
    await running.says('Worker on task queue');
    expect(await running.signal('SIGTERM').end()).toMatchObject({ code: 0 });
  });
});

it('a worker whose token is refused while it runs says so once, with what is affected', async () => {
  const queue = lab.unique('log');
  const running = worker([], { ...wrong, KEBOOLA_TASK_QUEUE: queue });
  await running.says('Worker on task queue');
  const run = lab.start([...lab.scripted({ durationSeconds: 1 }), '--key', queue], { KEBOOLA_TASK_QUEUE: queue });
  await running.says(
    /\[WARN\] Keboola, connection default \(http.*answered 401.*its jobs, including new ones, wait up to an hour for a token/,
  );
  await run.says('asking again in');
  run.signal('SIGKILL');
  const { stderr } = await running.signal('SIGTERM').end();
  expect(stderr.split('[WARN] Keboola')).toHaveLength(2);
  expect(stderr).not.toContain(wrong.KBC_TOKEN);
});

it('a worker whose token file goes away while it runs says so once, and when it is back, and waits with new jobs', async () => {
  const queue = lab.unique('log');
  const folder = await tempFolder();
  const [tokenFile, file] = [join(folder, 'token'), join(folder, 'connections.json')];
  const connection = { url: lab.sandbox.url, tokenFile };
  const write = (): Promise<void> => writeFile(tokenFile, CANARY_TOKEN, { mode: 0o600 });
  await Promise.all([write(), writeFile(file, JSON.stringify({ connections: { default: connection } }))]);
  const running = lab.start(['worker'], { KBC_CONNECTIONS_FILE: file, KEBOOLA_TASK_QUEUE: queue });
  await running.says('Worker on task queue');
  const run = lab.start([...lab.scripted({ durationSeconds: 3_600 }), '--key', queue], { KEBOOLA_TASK_QUEUE: queue });
  await eventually(() =>
    expect(lab.sandbox.jobs()).resolves.toContainEqual(expect.objectContaining({ isFinished: false })),
  );
  await rm(tokenFile);
  await running.says(
    /\[WARN\] Keboola, connection default \(http.*its jobs, including new ones, wait up to a day for a token/,
  );
  const later = lab.start([...lab.scripted({ durationSeconds: 1 }), '--key', `${queue}-later`], {
    KEBOOLA_TASK_QUEUE: queue,
  });
  await later.says('asking again in');
  await write();
  await running.says(/\[INFO\] Keboola, connection default .*: well again/);
  lab.sandbox.clock.advance(3_600_000);
  expect((await run.end()).code).toBe(0);
  expect((await later.end()).code).toBe(0);
  await running.signal('SIGTERM').end();
});
