import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { codeSpans, tableRows } from '../support/document-tables.js';
import { parseMetrics, valueOf } from '../support/metrics-text.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;
/** What a worker shows that has run a job of each kind. */
let text: string;

beforeAll(async () => {
  lab = await openCliLab();
  const port = String(await freePort());
  const file = join(await tempFolder(), 'connections.json');
  const watched = { url: lab.sandbox.url, tokenEnv: 'KEBOOLA', watch: true };
  await writeFile(file, JSON.stringify({ connections: { default: watched } }));
  await lab.startWorker({
    ...{ KBC_URL: '', KBC_TOKEN: '', KBC_CONNECTIONS_FILE: file, KEBOOLA: CANARY_TOKEN },
    KEBOOLA_METRICS_PORT: port,
  });
  await lab.run(lab.scripted({ durationSeconds: 1 }));
  await lab.run(lab.scripted({ durationSeconds: 1, status: 'error', error: 'user', message: 'no luck' }));
  text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
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
    expect(valueOf(text, 'keboola_job_end_lag_seconds_count')).toBe(2);
    expect(valueOf(text, 'keboola_creations_total', 'outcome="created"')).toBe(2);
    expect(valueOf(text, 'keboola_kills_not_confirmed_total')).toBe(0);
  });

  it('tells requests by template and status, and none of them by an id', async () => {
    const ids = (await lab.sandbox.jobs()).map(({ id }) => String(id));
    expect(ids.length).toBeGreaterThan(1);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
    expect(valueOf(text, 'keboola_requests_total', 'route="/queue/job/{id}"', 'status="200"')).toBeGreaterThan(1);
    expect(valueOf(text, 'keboola_requests_total', 'method="POST"', 'status="202"')).toBe(2);
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
