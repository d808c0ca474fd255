import { afterAll, beforeAll, expect, it } from 'vitest';
import { CANARY, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { CANARY_HEADER, startTellingWorker, stopped, tracingTo } from '../support/otlp/tracing-lab.js';
import { startRealCollector, type RealCollector } from './collector/collector.js';

/** It builds the collector where that is not in the cache folder. */
const BUILD_MS_MAX = 30 * 60_000;
/** In the input of the job. */
const CANARY_DATA = 'canary9Canary9Canary9';
/** In the message of its failure, which a log may hold and a trace may not. */
const CANARY_MESSAGE = 'canary6Canary6Canary6';

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface Record {
  traceId?: string;
  spanId?: string;
  name?: string;
  parentSpanId?: string;
  attributes?: Attribute[];
}

interface Told {
  service: string | undefined;
  records: Record[];
}

type Group = { resource: { attributes: Attribute[] } } & {
  [scopes: string]: { spans?: Record[]; logRecords?: Record[] }[];
};

let lab: CliLab;
let collector: RealCollector;

beforeAll(async () => {
  [lab, collector] = await Promise.all([openCliLab(), startRealCollector()]);
}, BUILD_MS_MAX);
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
  await collector.close();
});

/** One line for each request that has come: which service told of what. */
function toldIn(lines: string, groups: 'resourceSpans' | 'resourceLogs'): Told[] {
  const requests = lines.split('\n').filter((line) => line !== '');
  const all = requests.flatMap((line) => (JSON.parse(line) as { [groups: string]: Group[] })[groups] ?? []);
  return all.map(({ resource, ...rest }) => {
    const scopes = (rest as Omit<Group, 'resource'>)[groups === 'resourceSpans' ? 'scopeSpans' : 'scopeLogs'] ?? [];
    return {
      service: resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue,
      records: scopes.flatMap(({ spans = [], logRecords = [] }) => [...spans, ...logRecords]),
    };
  });
}

it("OpenTelemetry's own collector takes the trace of a command and a worker, and the log that belongs to it, with nothing secret in them", async () => {
  const queue = lab.unique('real');
  const tracing = tracingTo(collector.url, queue);
  const worker = await startTellingWorker(lab, tracing);
  const sandbox = { durationSeconds: 1, status: 'error', message: CANARY_MESSAGE };
  const data = JSON.stringify({ parameters: { sandbox, query: CANARY_DATA } });
  const { code } = await lab.run(['run', 'keboola.ex-http', '--config-data', data, '--key', queue], tracing);
  expect(code).toBe(1);
  expect(await stopped(worker)).not.toContain('do not arrive');
  const { traces, logs, words } = await eventually(async () => {
    const read = await collector.read();
    for (const name of ['RunWorkflow:runJob', 'StartWorkflow:runJob', '"POST ']) expect(read.traces).toContain(name);
    expect(read.logs).toContain(lab.scriptedId(queue));
    return read;
  });
  const told = toldIn(traces, 'resourceSpans');
  expect(new Set(told.map(({ service }) => service))).toEqual(new Set(['keboola-temporal']));
  const spans = told.flatMap(({ records }) => records);
  const [start, run] = ['StartWorkflow:runJob', 'RunWorkflow:runJob'].map((wanted) =>
    spans.find(({ name }) => name === wanted),
  );
  expect(run).toMatchObject({ parentSpanId: start?.spanId, traceId: start?.traceId });
  const post = spans.find(({ name = '' }) => name.startsWith('POST '));
  expect(post).toMatchObject({ traceId: start?.traceId });
  const records = toldIn(logs, 'resourceLogs');
  expect(new Set(records.map(({ service }) => service))).toEqual(new Set(['keboola-temporal']));
  expect(records.flatMap((one) => one.records)).toContainEqual(
    expect.objectContaining({ traceId: run?.traceId, spanId: run?.spanId }),
  );
  expect(traces).not.toContain(CANARY_MESSAGE);
  const all = [traces, logs, words].join('\n');
  expect([CANARY, CANARY_HEADER, CANARY_DATA].filter((secret) => all.includes(secret))).toEqual([]);
});
