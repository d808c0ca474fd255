import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWatcher } from '../../src/activities/watch/describe-watcher.js';
import { freePort } from '../../src/dev/ports.js';
import { watcherId } from '../../src/job/watch/watch-request.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';
import { requestOf } from '../support/watch-activity.js';
import type { Environment } from '../support/processes.js';

/** Well below the hundred seconds that activities have to come to an end by themselves, which a watch would not. */
const LEAVES_MS_MAX = 60_000;

let lab: CliLab;
/** What a worker needs that is started with options of its own. */
const keboola = (): Environment => ({ KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN });

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

it('a worker answers probes, serves metrics and logs JSON, until it is told to stop', async () => {
  const [health, metrics] = [await freePort(), await freePort()];
  const worker = lab.start(['worker'], {
    ...keboola(),
    KEBOOLA_LOG_FORMAT: 'json',
    KEBOOLA_HEALTH_PORT: String(health),
    KEBOOLA_METRICS_PORT: String(metrics),
    KEBOOLA_WORKER_IDENTITY: 'worker-7',
  });
  await worker.says('Worker on task queue');
  await lab.run(lab.scripted({ durationSeconds: 1 }));
  // A probe has less than a second for Temporal, and the worker counts an end after whoever waits has heard of it.
  await eventually(async () => {
    const ready = await fetch(`http://127.0.0.1:${health}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ worker: 'RUNNING', connections: [{ name: 'default', state: 'well' }] });
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    expect(text).toMatch(/^temporal_workflow_completed_total\{.*\} 1$/m);
  });
  const { code, stderr } = await worker.signal('SIGTERM').end();
  expect(code).toBe(0);
  const lines = stderr.split('\n').filter((line) => line !== '');
  const events = lines.map((line) => JSON.parse(line) as { time: string; level: string; message: string });
  expect(events.map(({ message }) => message)).toContainEqual(expect.stringContaining('Keboola, connection default'));
  expect(events.filter(({ level }) => level === 'WARN' || level === 'ERROR')).toEqual([]);
  expect(events[0]).toMatchObject({ level: 'INFO', message: 'Settings' });
  expect(JSON.stringify(events[0])).toContain(
    '{"name":"identity","value":"worker-7","source":"KEBOOLA_WORKER_IDENTITY"}',
  );
  await eventually(() => expect(fetch(`http://127.0.0.1:${health}/healthz`)).rejects.toThrow());
});

it('takes an option before a variable, a variable before the file, and the file before a default, and says so', async () => {
  const file = join(await tempFolder(), 'worker.yaml');
  const queue = lab.unique('of-file');
  await writeFile(
    file,
    `logLevel: WARN\nidentity: of-file\nhealthHost: 127.0.0.2\nnamespace: default\ntaskQueue: ${queue}\n`,
  );
  const worker = lab.start(['worker', '--log-level', 'INFO', '--task-queue', queue], {
    ...keboola(),
    KEBOOLA_TEMPORAL_CONFIG: file,
    KEBOOLA_WORKER_IDENTITY: 'of-variable',
  });
  await worker.says(`Worker on task queue ${queue} of default`);
  const { stderr } = await worker.signal('SIGTERM').end();
  const told = (name: string): string =>
    new RegExp(`^ {2}${name} +(.*)$`, 'm').exec(stderr)?.[1]?.replace(/ +/g, ' ') ?? '';
  expect(told('logLevel')).toBe('INFO --log-level');
  expect(told('taskQueue')).toBe(`${queue} --task-queue`);
  expect(told('identity')).toBe('of-variable KEBOOLA_WORKER_IDENTITY');
  expect(told('healthHost')).toBe('127.0.0.2 file');
  expect(told('metricsHost')).toBe('127.0.0.1 default');
});

it('refuses a file of settings that is wrong, with the place', async () => {
  const file = join(await tempFolder(), 'worker.yaml');
  await writeFile(file, 'logLevel: INFO\nmetricPort: 9464\n');
  const { code, stderr } = await lab.run(['worker', '--config-file', file], keboola());
  expect(code).toBe(2);
  expect(stderr).toContain(
    `SettingsError: ${file}:2:1 metricPort: there is no such setting. Did you mean "metricsPort"?`,
  );
});

it.each(['health', 'metrics'])(
  'a port of %s that is taken is told with its option, before anything begins',
  async (what) => {
    const port = await freePort();
    await lab.startWorker({ [`KEBOOLA_${what.toUpperCase()}_PORT`]: String(port) });
    const { code, stderr } = await lab.run(['worker', `--${what}-port`, String(port)], keboola());
    expect(code).not.toBe(0);
    expect(stderr).toContain(`port ${port} is in use, likely by another worker; stop it or pass --${what}-port`);
    expect(stderr).not.toContain('Worker on task queue');
  },
);

it.each([
  [['--metrics-port', 'x'], '--metrics-port'],
  [['--metrics-port', '0.0.0.0:9464'], 'say where with --metrics-host'],
  [['--metrics-host', 'everywhere'], 'Expected an IP address'],
  [['--strict', 'perhaps'], 'Expected true or false'],
  [['--config-file', '/none/worker.yaml'], '/none/worker.yaml cannot be read'],
  [['--log-format', 'xml'], '--log-format'],
  [['--shutdown-grace-seconds', '0'], '--shutdown-grace-seconds'],
  [['--max-concurrent-workflow-tasks', '1'], 'Expected a whole number from 2 to 10000'],
  [['--max-cached-workflows', '1'], 'Expected a whole number from 2 to 1000000'],
])('refuses %j', async (args, option) => {
  const { code, stderr } = await lab.run(['worker', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(option);
});

it('refuses one port for probes and metrics, of which only the first would be served', async () => {
  const port = String(await freePort());
  const args = ['worker', '--health-port', port, '--metrics-port', port];
  const { code, stderr } = await lab.run(args, keboola());
  expect(code).toBe(2);
  expect(stderr).toContain(`--health-port and --metrics-port are both ${port}; give each a port of its own.`);
});

it('refuses to serve metrics at an address that the machine does not have, before anything begins', async () => {
  const args = ['worker', '--metrics-port', String(await freePort()), '--metrics-host', '203.0.113.7'];
  const { code, stderr } = await lab.run(args, keboola());
  expect(code).not.toBe(0);
  expect(stderr).toMatch(
    /cannot listen on port \d+ of 203\.0\.113\.7 \(.*EADDRNOTAVAIL.*\); pass another --metrics-host/,
  );
});

it('a worker whose token is refused when it starts is not ready, before any job has asked for it', async () => {
  const port = String(await freePort());
  const worker = lab.start(['worker', '--health-port', port], { ...keboola(), KBC_TOKEN: 'nobody-knows-it' });
  await worker.says('Worker on task queue');
  await eventually(async () => {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ connections: [{ name: 'default', state: 'not-usable' }] });
  });
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  await worker.signal('SIGTERM').end();
});

it('leaves soon when it is told to, although it watches a project', async () => {
  const file = join(await tempFolder(), 'connections.json');
  const connections = { default: { url: lab.sandbox.url, tokenEnv: 'WATCHED_TOKEN', watch: true } };
  await writeFile(file, JSON.stringify({ connections }));
  const env = { KBC_URL: '', KBC_TOKEN: '', KBC_CONNECTIONS_FILE: file, WATCHED_TOKEN: CANARY_TOKEN };
  const worker = await lab.startWorker(env);
  const { workflowId } = await lab.begin({ durationSeconds: 3_000 });
  const request = requestOf(lab);
  await eventually(async () => {
    expect(await describeWatcher(lab.temporal, lab.taskQueue, request)).toMatchObject({
      isOpen: true,
      beat: expect.any(Number) as number,
    });
  });
  const toldMs = performance.now();
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
  expect(performance.now() - toldMs).toBeLessThan(LEAVES_MS_MAX);
  for (const id of [workflowId, watcherId(lab.taskQueue, request)])
    await lab.temporal.workflow.getHandle(id).terminate();
});
