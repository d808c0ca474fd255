import * as otel from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  RandomIdGenerator,
  SimpleSpanProcessor,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace-base';
import { ChosenIds } from '../../../src/worker/tracing/chosen-ids.js';
import { traceWorker, type WorkerTracing } from '../../../src/worker/tracing/worker-tracing.js';

/** An OpenTelemetry as a program of one's own sets it up, whose spans stay here. */
export interface RecordedSpans {
  tracer: otel.Tracer;
  tracing: WorkerTracing;
  /** Those of a trace, as they have ended. */
  of(traceId: string): ReadableSpan[];
  all(): ReadableSpan[];
}

/**
 * Becomes the global one of the process, in place of that of another test.
 *
 * @param sampler default one that asks the parent.
 */
export function recordSpans(sampler?: Sampler): RecordedSpans {
  const ids = new ChosenIds(new RandomIdGenerator());
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    idGenerator: ids,
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    ...(sampler && { sampler }),
  });
  otel.trace.disable();
  otel.context.disable();
  otel.trace.setGlobalTracerProvider(provider);
  otel.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer('test');
  return {
    tracer,
    tracing: traceWorker(otel, tracer, ids),
    of: (traceId) => exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId),
    all: () => exporter.getFinishedSpans(),
  };
}
