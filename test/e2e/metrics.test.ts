import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { codeSpans, tableRows } from '../support/document-tables.js';
import { eventually } from '../support/eventually.js';
import { parseMetrics, valueOf } from '../support/metrics-text.js';
import type { Environment, Process } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const ORDERS = 'id,price\n1,10\n';

let lab: CliLab;
/** What a worker shows that has run a job of each kind. */
let text: string;
let worker: Process;
/** Of a worker with a connection that is watched, and with metrics. */
let env: Environment;
let port: number;

/** Once so many jobs are counted, a moment after whoever waits has heard of their ends. */
const scrape = async (jobs: number): Promise<string> =>
  await eventually(async () => {
    const shown = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(jobsOf(shown)).toBe(jobs);
    return shown;
  });

function jobsOf(shown: string): number {
  const { lines = [] } = parseMetrics(shown).get('keboola_jobs_total') ?? {};
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

beforeAll(async () => {
  lab = await openCliLab();
  port = await freePort();
  const folder = await tempFolder();
  const [file, orders] = [join(folder, 'connections.json'), join(folder, 'orders.csv')];
  const watched = { url: lab.sandbox.url, tokenEnv: 'KEBOOLA', watch: true };
  await writeFile(file, JSON.stringify({ connections: { default: watched } }));
  await writeFile(orders, ORDERS);
  env = {
    KBC_URL: '',
    KBC_TOKEN: '',
    KBC_CONNECTIONS_FILE: file,
    KEBOOLA: CANARY_TOKEN,
    KEBOOLA_METRICS_PORT: String(port),
  };
  worker = await lab.startWorker(env);
  const headers = { 'x-storageapi-token': CANARY_TOKEN };
  const body = JSON.stringify({ name: 'main', stage: 'in' });
  await fetch(`${lab.sandbox.url}/v2/storage/buckets`, { method: 'POST', headers, body });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0 });
  await lab.run(lab.scripted({ durationSeconds: 1 }));
  await lab.run(lab.scripted({ durationSeconds: 1, status: 'error', error: 'user', message: 'no luck' }));
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  await lab.run(lab.scripted({ durationSeconds: 1, status: 'warning' }));
  await lab.run(['import', 'in.c-main.orders', orders]);
  text = await scrape(4);
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

describe('what a worker counts', () => {
  it('is what the page for operators says: names, types and labels', async () => {
    const rows = tableRows(await readFile('docs/operations.md', 'utf8')).map(({ cells }) => cells);
    const documented = rows.flatMap(([name = '', type, labels = '']) => {
      const [metric = ''] = codeSpans(name);
      return metric.startsWith('keboola_') ? [[metric, type, codeSpans(labels).sort()]] : [];
    });
    const shown = [...parseMetrics(text)].filter(([name]) => name.startsWith('keboola_'));
    expect(documented.sort()).toEqual(shown.map(([name, { type, labels }]) => [name, type, labels]).sort());
    expect(documented.length).toBeGreaterThan(8);
  });

  it('tells jobs by component and by how they ended, and how long after their end that was known', () => {
    const component = 'component="keboola.ex-http"';
    expect(valueOf(text, 'keboola_jobs_total', component, 'outcome="success"')).toBe(1);
    expect(valueOf(text, 'keboola_jobs_total', component, 'outcome="JobUserError"')).toBe(1);
    expect(valueOf(text, 'keboola_jobs_total', component, 'outcome="warning"')).toBe(1);
    expect(valueOf(text, 'keboola_jobs_total', 'component="storage"', 'outcome="success"')).toBe(1);
    expect(valueOf(text, 'keboola_job_end_lag_seconds_count')).toBe(4);
    expect(valueOf(text, 'keboola_kills_not_confirmed_total')).toBe(0);
  });

  it('tells creations by what became of them, and the bytes of files', () => {
    expect(valueOf(text, 'keboola_creations_total', 'outcome="created"')).toBe(3);
    expect(valueOf(text, 'keboola_creations_total', 'outcome="adopted"')).toBe(1);
    expect(valueOf(text, 'keboola_transfer_bytes_total', 'direction="upload"')).toBeGreaterThanOrEqual(ORDERS.length);
    expect(text).toContain('direction="download"');
    expect(valueOf(text, 'keboola_transfer_bytes_total', 'direction="download"')).toBe(0);
  });

  it('tells requests by template and status, and none of them by an id', async () => {
    const ids = (await lab.sandbox.jobs()).map(({ id }) => String(id));
    expect(ids.length).toBeGreaterThan(1);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
    expect(valueOf(text, 'keboola_requests_total', 'route="/queue/job/{id}"', 'status="200"')).toBeGreaterThan(1);
    expect(valueOf(text, 'keboola_requests_total', 'route="/docker/{component}/run"', 'status="202"')).toBe(2);
    expect(valueOf(text, 'keboola_requests_total', 'route="/docker/{component}/run"', 'status="interrupted"')).toBe(1);
    expect(valueOf(text, 'keboola_requests_total', 'route="other"')).toBe(0);
  });

  it('begins with zeros, so that an alert sees the first of something', () => {
    const { lines = [] } = parseMetrics(text).get('keboola_connection_bad') ?? {};
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => !line.endsWith(' 0'))).toEqual([]);
    expect(valueOf(text, 'keboola_creations_total', 'outcome="ambiguous"')).toBe(0);
    expect(text).toContain('outcome="ambiguous"');
  });
});

it('a job that had ended before it was waited for was not noticed late', async () => {
  const [ended] = await lab.sandbox.jobs();
  await lab.run(['wait', String(ended?.id)]);
  const after = await scrape(5);
  expect(valueOf(after, 'keboola_job_end_lag_seconds_count')).toBe(4);
});

it('a worker that takes over a job counts what comes from then on, and nothing that it only replays', async () => {
  const { workflowId } = await lab.begin({ durationSeconds: 3_600 });
  await worker.signal('SIGKILL').end();
  await lab.startWorker(env);
  lab.sandbox.clock.advance(3_600_000);
  await lab.temporal.workflow.getHandle(workflowId).result();
  const after = await scrape(1);
  expect(valueOf(after, 'keboola_jobs_total', 'outcome="success"')).toBe(1);
  expect(after).toContain('outcome="created"');
  expect(valueOf(after, 'keboola_creations_total', 'outcome="created"')).toBe(0);
});
