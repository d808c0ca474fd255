import * as otel from '@opentelemetry/api';
import { AlwaysOnSampler } from '@opentelemetry/sdk-trace-base';
import { defaultPayloadConverter } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { TRACE_HEADER } from '../../../src/job/tracing/trace-context.js';
import { activitySpans } from '../../../src/worker/tracing/activity-spans.js';
import { traceRequests } from '../../../src/worker/tracing/worker-tracing.js';
import { recordSpans } from '../../support/otlp/recorded-spans.js';

const spans = recordSpans(new AlwaysOnSampler());
const heard: unknown[] = [];
const hear = (...what: unknown[]): unknown => heard.push(what);
const requests = traceRequests(otel).requests({ asked: hear, deferred: hear, moved: hear, transferred: hear });

it.each([
  ['00', []],
  ['01', ['GET /jobs', 'RunActivity:unknown']],
])(
  'a sampler that keeps all keeps of a trace with the flags %s no more than whoever has started it',
  async (flags, kept) => {
    const [traceId, spanId] = [`${flags}${'c'.repeat(30)}`, 'd'.repeat(16)];
    const carrier = { traceparent: `00-${traceId}-${spanId}-${flags}` };
    const input = { args: [], headers: { [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) } };
    const { inbound, outbound } = activitySpans(otel, spans.tracer)(new MockActivityEnvironment().context);
    heard.length = 0;
    await inbound!.execute!(input, async () => {
      await Promise.resolve();
      expect(outbound!.getLogAttributes!({}, (attributes) => attributes)).toMatchObject({ trace_id: traceId });
      const asked = {
        connection: 'default',
        method: 'GET',
        route: '/jobs',
        status: '200',
        durationSeconds: 0,
      } as const;
      requests.asked(asked, { host: 'queue.keboola.com', path: '/jobs' });
    });
    expect(heard).toHaveLength(1);
    expect(spans.all().map((span) => [span.name, span.spanContext().traceId])).toEqual(
      kept.map((name) => [name, traceId]),
    );
  },
);
