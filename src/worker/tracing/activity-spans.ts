import { ApplicationFailure, CancelledFailure, CompleteAsyncError, type Headers } from '@temporalio/common';
import type { Info } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type * as OpenTelemetry from '@opentelemetry/api';
import { STORAGE } from '../../job/storage/system.js';
import { cut } from '../../job/text/well-formed.js';
import { FACT_LENGTH_MAX } from '../../job/tracing/told-to-traces.js';
import { contextIn } from '../../job/tracing/trace-context.js';
import { jobIdFact } from './job-id-fact.js';
import { isLetGo } from './let-go.js';

/** Fields of a request to an activity of ours that say what it is about. */
const FACTS = { connection: 'keboola.connection', component: 'keboola.component' } as const;

/**
 * Makes a span of each attempt of an activity, below its workflow. It has ids and the type of an error; of the request
 * only the connection, the job and the component; and no message.
 */
export function activitySpans(otel: typeof OpenTelemetry, tracer: OpenTelemetry.Tracer): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      execute: (input, next) => {
        const parent = parentOf(otel, input.headers);
        if (isLetGo(otel, parent)) return otel.context.with(parent, () => next(input));
        const attributes = { ...placeOf(info), ...factsOf(input.args[0]) };
        const name = `RunActivity:${info.activityType}`;
        return tracer.startActiveSpan(name, { attributes }, parent, async (span) => {
          try {
            return await next(input);
          } catch (error) {
            markError(otel, span, error);
            throw error;
          } finally {
            span.end();
          }
        });
      },
    },
    outbound: {
      getLogAttributes: (input, next) => {
        const context = otel.trace.getActiveSpan()?.spanContext();
        return next(context ? { trace_id: context.traceId, span_id: context.spanId, ...input } : input);
      },
    },
  });
}

function parentOf(otel: typeof OpenTelemetry, headers: Headers): OpenTelemetry.Context {
  const found = contextIn(headers);
  if (!found) return otel.ROOT_CONTEXT;
  const { traceId, spanId, flags, traceState } = found;
  return otel.trace.setSpanContext(otel.ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: parseInt(flags, 16),
    isRemote: true,
    ...(traceState !== undefined && { traceState: otel.createTraceState(traceState) }),
  });
}

/** By the names that Temporal's SDKs use. */
function placeOf(info: Info): OpenTelemetry.Attributes {
  const { workflowId, runId } = info.workflowExecution ?? {};
  return {
    temporalActivityId: info.activityId,
    temporalActivityAttempt: info.attempt,
    temporalActivityLocal: info.isLocal,
    ...(workflowId !== undefined && { temporalWorkflowId: workflowId }),
    ...(runId !== undefined && { run_id: runId }),
  };
}

function factsOf(request: unknown): OpenTelemetry.Attributes {
  const values = (request ?? {}) as Record<string, unknown>;
  const { jobId, system } = values;
  const facts = Object.entries(FACTS).flatMap(([field, name]) => {
    const value = values[field];
    return typeof value === 'string' ? [[name, cut(value, FACT_LENGTH_MAX)]] : [];
  });
  return {
    ...(Object.fromEntries(facts) as OpenTelemetry.Attributes),
    ...(typeof jobId === 'string' && jobIdFact(jobId, system === STORAGE)),
  };
}

function markError(otel: typeof OpenTelemetry, span: OpenTelemetry.Span, error: unknown): void {
  if (error instanceof CompleteAsyncError) return;
  const type = error instanceof ApplicationFailure ? (error.type ?? error.name) : nameOf(error);
  span.setAttribute('error.type', cut(type, FACT_LENGTH_MAX));
  // A cancellation is no error: somebody has asked for it.
  if (!(error instanceof CancelledFailure)) span.setStatus({ code: otel.SpanStatusCode.ERROR });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
