import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { startOtlpCollector, type OtlpCollector } from '../support/otlp/otlp-collector.js';
import { arrived } from '../support/otlp/tracing-lab.js';
import { tempFolder } from '../support/temp-folder.js';

/** In the table, of which a trace has nothing. */
const CANARY_DATA = 'canary7Canary7Canary7';

let lab: CliLab;
let collector: OtlpCollector;

beforeAll(async () => {
  [lab, collector] = await Promise.all([openCliLab(), startOtlpCollector()]);
});
afterAll(async () => {
  await lab.expectNoToken();
  await collector.close();
  await lab.close();
});

it('the trace of an import has the file that was moved without its address, and the job of Storage under a name of its own', async () => {
  const queue = lab.unique('traced');
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    KBC_FILES_URL: lab.sandbox.url,
    KEBOOLA_TASK_QUEUE: queue,
  };
  const worker = await lab.startWorker(env);
  const body = { name: 'traced', stage: 'in' };
  await storage(lab.sandbox, '/buckets', { method: 'POST', body, token: CANARY_TOKEN });
  const path = join(await tempFolder(), 'rows.csv');
  await writeFile(path, `"id"\n"${CANARY_DATA}"\n`);
  const { code, stderr } = await lab.run(['import', 'in.c-traced.rows', path, '--key', queue], env);
  expect(code, stderr).toBe(0);
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
  const ofJob = [/^RunWorkflow:importTable$/, /^RunActivity:readJob$/, /^GET .*\/jobs\/\{id\}$/];
  await arrived(collector, 'PUT file', ...ofJob);
  expect(collector.span('PUT file')?.attributes).toMatchObject({ 'server.address': '127.0.0.1' });
  const ids = ofJob.map((name) => collector.span(name)?.attributes['keboola.storage.job.id']);
  expect(new Set(ids)).toEqual(new Set([expect.stringMatching(/^\d+$/)]));
  expect(collector.spans.filter(({ attributes }) => 'keboola.job.id' in attributes)).toEqual([]);
  const { json: files } = await storage<{ url: string }[]>(lab.sandbox, '/files', { token: CANARY_TOKEN });
  const addresses = files.map(({ url }) => new URL(url)).flatMap(({ pathname, search }) => [pathname, search.slice(1)]);
  expect(addresses.filter((text) => text.length > 1).length).toBeGreaterThan(0);
  const bodies = collector.bytes.map((bytes) => bytes.toString('latin1')).join('\n');
  const signed = ['X-Amz', 'X-Goog', 'sig=', 'Signature'];
  const secrets = [CANARY, CANARY_DATA, ...signed, ...addresses];
  expect(secrets.filter((secret) => bodies.includes(secret))).toEqual([]);
});
