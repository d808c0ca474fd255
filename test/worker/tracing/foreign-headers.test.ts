import * as otel from '@opentelemetry/api';
import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KeboolaClient } from '../../../src/client.js';
import { TRACE_HEADER } from '../../../src/job/tracing/trace-context.js';
import { activitySpans } from '../../../src/worker/tracing/activity-spans.js';
import { openGoesOnLab, type GoesOnLab } from '../../support/goes-on-lab.js';
import { scripted } from '../../support/job-lab.js';
import { recordSpans } from '../../support/otlp/recorded-spans.js';

const LARGE = 1_000_000;
const spans = recordSpans();
let goesOnLab: GoesOnLab;

beforeAll(async () => {
  goesOnLab = await openGoesOnLab({ tracing: spans.tracing });
});
afterAll(() => goesOnLab.close());

const encoded = (encoding: string, data: string): Payload => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});
const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

const HEADERS: [string, Payload][] = [
  ['a number', json(7)],
  ['null', json(null)],
  ['nonsense', json({ traceparent: 'nonsense' })],
  ['a trace of zeros', json({ traceparent: `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01` })],
  ['half a JSON text', encoded('json/plain', '{')],
  ['encrypted by whom nobody knows', encoded('binary/encrypted', 'secret')],
  ['nothing at all', {}],
  ['bytes of no encoding', { data: Buffer.from('{}') }],
  ['as long as no trace is', json({ traceparent: 'a'.repeat(LARGE) })],
];

it.each(HEADERS)('a header that is none of a trace holds no workflow: %s', async (_, payload) => {
  const { keboola, workflowId } = clientWith({ [TRACE_HEADER]: payload });
  const { handle } = await keboola.start(scripted({ durationSeconds: 0 }), { key: workflowId });
  await expect(handle.result()).resolves.toMatchObject({ status: 'success' });
});

it.each(HEADERS)('nor an activity, which is at the top of a trace of its own: %s', async (_, payload) => {
  const { execute } = activitySpans(otel, spans.tracer)(new MockActivityEnvironment().context).inbound!;
  const input = { args: [], headers: { [TRACE_HEADER]: payload } };
  await expect(execute!(input, () => Promise.resolve('done'))).resolves.toBe('done');
  expect(spans.all().at(-1)?.parentSpanContext).toBeUndefined();
});

/** Has the next start go out with these, as they are. */
function clientWith(headers: Record<string, Payload>): { keboola: KeboolaClient; workflowId: string } {
  const interceptor: WorkflowClientInterceptor = {
    startWithDetails: (input, next) => next({ ...input, headers: { ...input.headers, ...headers } }),
  };
  const { connection } = goesOnLab.server.client;
  const temporal = new Client({ connection, interceptors: { workflow: [interceptor] } });
  return {
    keboola: new KeboolaClient({ client: temporal, taskQueue: goesOnLab.lab.taskQueue }),
    workflowId: goesOnLab.server.unique('foreign'),
  };
}
