import { defaultPayloadConverter } from '@temporalio/common';
import type { Headers, WorkflowClientInterceptor } from '@temporalio/client';
import type * as OpenTelemetry from '@opentelemetry/api';
import { TRACE_HEADER, writeTraceContext } from '../job/tracing/trace-context.js';

/** The attributes of a span. */
type Facts = Record<string, string | undefined>;

const FLAG_DIGITS = 2;
/** A start throws this if the workflow runs already. It is no error of the span: the caller may attach to it. */
const RUNS_ALREADY = 'WorkflowExecutionAlreadyStartedError';

/**
 * Opens a span for every start, signal, update, cancellation and termination of a workflow, below the active span, and
 * has the workflow continue its trace. It is for a Temporal client in a program with its own OpenTelemetry.
 *
 * ```ts
 * import * as otel from '@opentelemetry/api';
 * new Client({ connection, interceptors: { workflow: [tracingInterceptor(otel)] } });
 * ```
 *
 * The spans hold ids and error types, but no input, no result and no message.
 *
 * @param otel the module `@opentelemetry/api` of the program.
 * @param tracer default: the global one, named `keboola-temporal`.
 */
export function tracingInterceptor(
  otel: typeof OpenTelemetry,
  tracer: OpenTelemetry.Tracer = otel.trace.getTracer('keboola-temporal'),
): WorkflowClientInterceptor {
  const within = <Answer>(name: string, facts: Facts, call: (made: Made) => Promise<Answer>): Promise<Answer> =>
    tracer.startActiveSpan(name, { kind: otel.SpanKind.CLIENT, attributes: facts }, async (span) => {
      try {
        return await call({ span, headers: headersOf(otel, span) });
      } catch (error) {
        const type = error instanceof Error ? error.name : typeof error;
        span.setAttribute('error.type', type);
        if (type !== RUNS_ALREADY) span.setStatus({ code: otel.SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  return {
    startWithDetails: (input, next) =>
      within(`StartWorkflow:${input.workflowType}`, of(input.options.workflowId), async ({ span, headers }) => {
        const started = await next({ ...input, headers: { ...input.headers, ...headers } });
        span.setAttribute('run_id', started.runId);
        return started;
      }),
    signalWithStart: (input, next) =>
      within(`SignalWithStartWorkflow:${input.workflowType}`, of(input.options.workflowId), async (made) => {
        const runId = await next({ ...input, headers: { ...input.headers, ...made.headers } });
        made.span.setAttribute('run_id', runId);
        return runId;
      }),
    startUpdateWithStart: (input, next) =>
      within(
        `UpdateWithStartWorkflow:${input.workflowType}`,
        of(input.workflowStartOptions.workflowId),
        async (made) => {
          const started = await next({
            ...input,
            workflowStartHeaders: { ...input.workflowStartHeaders, ...made.headers },
            updateHeaders: { ...input.updateHeaders, ...made.headers },
          });
          made.span.setAttribute('run_id', started.workflowExecution.runId ?? '');
          return started;
        },
      ),
    startUpdate: (input, next) =>
      within(`StartWorkflowUpdate:${input.updateName}`, ofRun(input.workflowExecution), ({ headers }) =>
        next({ ...input, headers: { ...input.headers, ...headers } }),
      ),
    signal: (input, next) =>
      within(`SignalWorkflow:${input.signalName}`, ofRun(input.workflowExecution), ({ headers }) =>
        next({ ...input, headers: { ...input.headers, ...headers } }),
      ),
    cancel: (input, next) => within('CancelWorkflow', ofRun(input.workflowExecution), () => next(input)),
    terminate: (input, next) => within('TerminateWorkflow', ofRun(input.workflowExecution), () => next(input)),
  };
}

interface Made {
  span: OpenTelemetry.Span;
  headers: Headers;
}

/** Without a tracer provider, a span belongs to no trace; then no header is written into the history. */
function headersOf(otel: typeof OpenTelemetry, span: OpenTelemetry.Span): Headers {
  if (!otel.isSpanContextValid(span.spanContext())) return {};
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const state = traceState?.serialize();
  const context = { traceId, spanId, flags: traceFlags.toString(16).padStart(FLAG_DIGITS, '0') };
  const carrier = writeTraceContext({ ...context, ...(state && { traceState: state }) });
  return { [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) };
}

function of(workflowId: string): Facts {
  return { temporalWorkflowId: workflowId };
}

function ofRun({ workflowId, runId }: { workflowId?: string | null; runId?: string | null }): Facts {
  return { temporalWorkflowId: workflowId ?? '', ...(runId && { run_id: runId }) };
}
