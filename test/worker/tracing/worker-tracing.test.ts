import * as otel from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Client, WithStartWorkflowOperation, type WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../../src/client.js';
import { tracingInterceptor } from '../../../src/client/tracing-interceptor.js';
import { TRACE_HEADER } from '../../../src/job/tracing/trace-context.js';
import { eventually } from '../../support/eventually.js';
import { openGoesOnLab, type GoesOnLab } from '../../support/goes-on-lab.js';
import { scripted, settled } from '../../support/job-lab.js';
import { recordSpans } from '../../support/otlp/recorded-spans.js';
import { requestOf } from '../../support/watch-activity.js';

const spans = recordSpans();
let goesOnLab: GoesOnLab;

beforeAll(async () => {
  goesOnLab = await openGoesOnLab({ tracing: spans.tracing });
});
afterAll(() => goesOnLab.close());

const traceOf = (context: otel.Context): otel.SpanContext => otel.trace.getSpanContext(context)!;
const named = (found: readonly ReadableSpan[], name: string): ReadableSpan => found.find((span) => span.name === name)!;
const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;

/** A client of a program whose calls of Temporal `interceptor` hears of. */
function clientWith(interceptor: WorkflowClientInterceptor): { temporal: Client; keboola: KeboolaClient } {
  const { connection } = goesOnLab.server.client;
  const temporal = new Client({ connection, interceptors: { workflow: [interceptor] } });
  return { temporal, keboola: new KeboolaClient({ client: temporal, taskQueue: goesOnLab.lab.taskQueue }) };
}

interface StartOptions {
  workflowId: string;
  taskQueue: string;
  args: unknown[];
}

/** Has the next start go out with this as its trace. */
function withHeader(carrier: unknown): WorkflowClientInterceptor {
  const header = { [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) };
  return { startWithDetails: (input, next) => next({ ...input, headers: { ...input.headers, ...header } }) };
}

const key = (): string => goesOnLab.server.unique('traced');
const quick = scripted({ durationSeconds: 0 });

describe('a client with the OpenTelemetry of its program', () => {
  it('starts a job below the span that is active', async () => {
    const { keboola } = clientWith(tracingInterceptor(otel));
    const program = spans.tracer.startSpan('program');
    const context = otel.trace.setSpan(otel.context.active(), program);
    await otel.context.with(context, () => keboola.run(quick, { key: key() }));
    program.end();
    const { traceId, spanId } = program.spanContext();
    const [start, run] = ['StartWorkflow:runJob', 'RunWorkflow:runJob'].map((name) => named(spans.of(traceId), name));
    expect([parentOf(start!), parentOf(run!)]).toEqual([spanId, start!.spanContext().spanId]);
  });

  it('has nothing told of a trace that its program does not keep, and hands that on', async () => {
    const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: otel.TraceFlags.NONE };
    const context = otel.trace.setSpanContext(otel.ROOT_CONTEXT, parent);
    const { keboola } = clientWith(tracingInterceptor(otel));
    const { handle } = await otel.context.with(context, () => keboola.start(quick, { key: key() }));
    await handle.result();
    expect(spans.of(traceOf(context).traceId)).toEqual([]);
    const { events = [] } = await goesOnLab.server.client.workflow.getHandle(handle.workflowId).fetchHistory();
    const created = events!.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled?.activityType?.name === 'createJob' ? [scheduled.header?.fields?.[TRACE_HEADER]] : [],
    );
    expect(created.map((header) => defaultPayloadConverter.fromPayload(header!))).toEqual([
      { traceparent: expect.stringMatching(/^00-a{32}-[0-9a-f]{16}-00$/) as unknown },
    ]);
  });

  it('marks a start that meets the same job as such, and not as an error', async () => {
    const { keboola } = clientWith(tracingInterceptor(otel));
    const [same, input] = [key(), scripted({ durationSeconds: 3_600 })];
    const first = await keboola.start(input, { key: same });
    await expect(keboola.start(input, { key: same, ifRunning: 'fail' })).rejects.toThrow('is already running');
    const second = spans.all().findLast(({ name }) => name === 'StartWorkflow:runJob')!;
    expect([second.attributes['error.type'], second.status.code]).toEqual([
      'WorkflowExecutionAlreadyStartedError',
      otel.SpanStatusCode.UNSET,
    ]);
    await goesOnLab.server.client.workflow.getHandle(first.handle.workflowId).terminate();
  });
});

describe('a client that starts a workflow together with what it tells it', () => {
  const nudged = async (temporal: Client, options: StartOptions): Promise<void> => {
    const told = { ...options, signal: 'nudge', signalArgs: [] };
    await (await temporal.workflow.signalWithStart('runJob', told)).result();
  };
  const updated = async (temporal: Client, options: StartOptions): Promise<void> => {
    const startWorkflowOperation = new WithStartWorkflowOperation('runJob', {
      ...options,
      workflowIdConflictPolicy: 'FAIL',
    });
    await temporal.workflow.executeUpdateWithStart('waitForCreated', { startWorkflowOperation });
    await (await startWorkflowOperation.workflowHandle()).result();
  };

  it.each([
    ['SignalWithStartWorkflow:runJob', nudged],
    ['UpdateWithStartWorkflow:runJob', updated],
  ])('has it below %s', async (name, start) => {
    const { temporal } = clientWith(tracingInterceptor(otel));
    const options = { workflowId: key(), taskQueue: goesOnLab.lab.taskQueue, args: [quick] };
    await start(temporal, options);
    const [first, run] = [name, 'RunWorkflow:runJob'].map((one) =>
      spans
        .all()
        .find(({ name: is, attributes }) => is === one && attributes['temporalWorkflowId'] === options.workflowId),
    );
    expect(parentOf(run!)).toBe(first?.spanContext().spanId);
    expect(first?.attributes['run_id']).toBe(run!.attributes['run_id']);
  });
});

it('a client in a program without an OpenTelemetry adds nothing to a history', async () => {
  const nobody = new otel.ProxyTracerProvider().getTracer('nobody');
  const { keboola } = clientWith(tracingInterceptor(otel, nobody));
  const { handle } = await keboola.start(quick, { key: key() });
  await handle.result();
  const { events } = await goesOnLab.server.client.workflow.getHandle(handle.workflowId).fetchHistory();
  expect(events?.[0]?.workflowExecutionStartedEventAttributes?.header?.fields ?? {}).toEqual({});
});

describe('a run that goes on in a new one', () => {
  it('has it beside itself, below whoever has started the first', async () => {
    const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    const { temporal } = clientWith(withHeader({ traceparent }));
    const options = { workflowId: key(), taskQueue: goesOnLab.lab.taskQueue, args: ['runJob', quick] };
    await temporal.workflow.execute('goesOnAs', options);
    const found = spans.of('c'.repeat(32));
    const runs = ['RunWorkflow:goesOnAs', 'RunWorkflow:runJob'].map((name) => named(found, name));
    expect(runs.map(parentOf)).toEqual(['d'.repeat(16), 'd'.repeat(16)]);
    expect(runs.map(({ attributes }) => attributes['temporal.workflow.closed'])).toEqual(['continued', 'completed']);
  });

  it('stays in the trace of its first run where nobody has traced its start', async () => {
    const handle = await goesOnLab.goesOn({ workflowType: 'runJob', input: quick, carried: undefined });
    await handle.result();
    const first = (await goesOnLab.server.client.workflow.getHandle(handle.workflowId).describe()).raw;
    const firstRunId = first.workflowExecutionInfo?.firstRunId ?? '';
    const found = spans.of(firstRunId.replaceAll('-', ''));
    const top = named(found, 'RunWorkflow:goesOnAs').spanContext().spanId;
    expect(parentOf(named(found, 'RunWorkflow:runJob'))).toBe(top);
  });
});

it('a workflow that was cancelled is told as such, and as no error', async () => {
  const { handle } = await goesOnLab.lab.keboola.start(scripted({ durationSeconds: 3_600 }), { key: key() });
  await handle.created();
  await handle.cancel();
  await settled(handle);
  const span = await eventually(() => {
    const one = spans
      .all()
      .find(
        ({ attributes }) =>
          attributes['temporalWorkflowId'] === handle.workflowId && attributes['temporal.workflow.closed'],
      );
    expect(one).toBeDefined();
    return one!;
  });
  expect([span.attributes['temporal.workflow.closed'], span.status.code]).toEqual([
    'canceled',
    otel.SpanStatusCode.UNSET,
  ]);
});

it('a workflow that fails by a cancellation of something else is told as failed, as Temporal has it', async () => {
  const { server, lab } = goesOnLab;
  const handle = await server.client.workflow.start('endsAsIfCancelled', {
    workflowId: key(),
    taskQueue: lab.taskQueue,
  });
  await expect(handle.result()).rejects.toThrow();
  const { status } = await handle.describe();
  const span = spans.all().find(({ attributes }) => attributes['temporalWorkflowId'] === handle.workflowId)!;
  const { 'temporal.workflow.closed': closed, 'error.type': type } = span.attributes;
  expect([status.name, closed, type, span.status.code]).toEqual([
    'FAILED',
    'failed',
    'CancelledFailure',
    otel.SpanStatusCode.ERROR,
  ]);
});

it.each([
  [[{ jobId: '7', outcome: 'success' }], { 'keboola.job.id': '7' }],
  [[{ jobId: '7', operation: 'tableImport' }], { 'keboola.storage.job.id': '7' }],
  [
    [{ jobId: '7', operation: 'tableImport' }, 'T'.repeat(300)],
    { 'keboola.storage.job.id': '7', 'error.type': 'T'.repeat(200) },
  ],
  [[{ jobId: '7'.repeat(300) }], { 'keboola.job.id': '7'.repeat(200) }],
])('a workflow is told with the job in its end, within a bound, and whose job it is: %j', async (args, facts) => {
  const { server, lab } = goesOnLab;
  const options = { workflowId: key(), taskQueue: lab.taskQueue, args };
  await server.client.workflow.execute('endsWith', options).catch(() => undefined);
  const span = spans.all().find(({ attributes }) => attributes['temporalWorkflowId'] === options.workflowId)!;
  const told = Object.entries(span.attributes).filter(([name]) => /job\.id$|error\.type/.test(name));
  expect(Object.fromEntries(told)).toEqual(facts);
});

it('the watcher of a project, which asks as long as jobs are waited for, is in no trace', async () => {
  const { server, lab } = goesOnLab;
  const options = { workflowId: key(), taskQueue: lab.taskQueue, args: [requestOf(lab)] };
  const handle = await server.client.workflow.start('watchProject', options);
  const scheduled = await eventually(async () => {
    const { events = [] } = await handle.fetchHistory();
    const found = events!.find((event) => event.activityTaskScheduledEventAttributes);
    expect(found).toBeDefined();
    return found!.activityTaskScheduledEventAttributes!.header?.fields?.[TRACE_HEADER];
  });
  // It may have closed by itself, because there is no job.
  await handle.terminate().catch(() => undefined);
  expect(defaultPayloadConverter.fromPayload(scheduled!)).toEqual({
    traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/) as unknown,
  });
});
