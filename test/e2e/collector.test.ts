import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closedPort, startSilentServer } from '../support/broken-servers.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { startOtlpCollector, type OtlpCollector } from '../support/otlp/otlp-collector.js';
import { arrived, CANARY_HEADER, startTellingWorker, stopped, tracingTo } from '../support/otlp/tracing-lab.js';
import type { Environment, Process } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

/** Far above what a busy machine makes of the seconds that an end waits for a collector, and far below those of one that is patient. */
const END_MS_MAX = 80_000;

let lab: CliLab;
let collector: OtlpCollector;

beforeAll(async () => {
  lab = await openCliLab();
});
beforeEach(async () => {
  collector = await startOtlpCollector();
  return () => collector.close();
});
afterAll(async () => {
  await lab.expectNoToken();
  expect(lab.processes.words).not.toContain(CANARY_HEADER);
  await lab.close();
});

const tracing = (queue: string, url = collector.url): Environment => tracingTo(url, queue);
const startWorker = (env: Environment): Promise<Process> => startTellingWorker(lab, env);

const job = (): string[] => lab.scripted({ durationSeconds: 1 });

describe('a collector that is away', () => {
  it('is told once, and fails neither the job nor the worker', async () => {
    const queue = lab.unique('away');
    const nowhere = tracing(queue, `http://127.0.0.1:${await closedPort()}`);
    const worker = await startWorker({ ...nowhere, OTEL_EXPORTER_OTLP_TIMEOUT: '500' });
    const first = await lab.run([...job(), '--key', queue], nowhere);
    const second = await lab.run([...job(), '--key', `${queue}-2`], nowhere);
    expect([first.code, second.code]).toEqual([0, 0]);
    await worker.says('Spans do not arrive at http://127.0.0.1:');
    const said = await stopped(worker);
    expect(said.split('Spans do not arrive')).toHaveLength(2);
  });
});

describe('a collector that takes all and never answers', () => {
  it('holds the end of a worker and of a command for seconds at most, however long it may take', async () => {
    const queue = lab.unique('silent');
    const patient = { OTEL_EXPORTER_OTLP_TIMEOUT: '300000', OTEL_BSP_EXPORT_TIMEOUT: '300000' };
    const silent = { ...tracing(queue, `http://127.0.0.1:${await startSilentServer()}`), ...patient };
    const worker = await startWorker(silent);
    const command = lab.start([...job(), '--key', queue], silent);
    expect(await command.end(END_MS_MAX)).toMatchObject({ code: 0, signal: null });
    expect(await worker.signal('SIGTERM').end(END_MS_MAX)).toMatchObject({ code: 0, signal: null });
  });
});

describe('a worker that is told by an option where its collector is', () => {
  it('sends there, and not where a variable says', async () => {
    const nowhere = tracing(lab.unique('typed'), `http://127.0.0.1:${await closedPort()}`);
    const args = ['worker', '--otlp-endpoint', collector.url];
    const worker = lab.start(args, { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, ...nowhere });
    await worker.says('Worker on task queue');
    expect(await stopped(worker)).not.toContain('do not arrive');
    await eventually(() => expect(collector.logs.length).toBeGreaterThan(0));
  });
});

describe('spans that wait for others', () => {
  it('are sent at the end also where a batch may hold none, which the SDK alone would never come to the end of', async () => {
    const queue = lab.unique('batch');
    const worker = await lab.startWorker({ KEBOOLA_TASK_QUEUE: queue });
    const env = { ...tracing(queue), OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '0' };
    const { code, signal } = await lab.start([...job(), '--detach', '--key', queue], env).end(END_MS_MAX);
    expect([code, signal]).toEqual([0, null]);
    await arrived(collector, 'StartWorkflow:runJob');
    await stopped(worker);
  });
});

describe('settings that cannot be', () => {
  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'is not an HTTP address'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:${CANARY_HEADER}@collector:4318` }, 'OTEL_EXPORTER_OTLP_HEADERS'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'unset it'],
  ])('are refused by a worker: %j', async (env, words) => {
    const { code, stderr } = await lab.run(['worker'], { KBC_URL: lab.sandbox.url, KBC_TOKEN: 'x', ...env });
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(stderr).not.toContain(CANARY_HEADER);
  });
  it('are refused by the name of what they were said by', async () => {
    const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: 'x', OTEL_EXPORTER_OTLP_ENDPOINT: '' };
    const typed = await lab.run(['worker', '--otlp-endpoint', 'collector:4318'], env);
    const file = join(await tempFolder(), 'worker.yaml');
    await writeFile(file, 'otlpEndpoint: collector:4318\n');
    const written = await lab.run(['worker', '--config-file', file], env);
    expect([typed.code, written.code]).toEqual([2, 2]);
    expect(typed.stderr).toContain('--otlp-endpoint is not an HTTP address');
    expect(written.stderr).toContain(`otlpEndpoint in ${file} is not an HTTP address`);
  });
});
