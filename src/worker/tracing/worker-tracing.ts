import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type * as OpenTelemetry from '@opentelemetry/api';
import { TRACING_SINK, type TracingSinks } from '../../job/tracing/told-to-traces.js';
import type { Tally } from '../../keboola/tally/tally.js';
import { activitySpans } from './activity-spans.js';
import type { ChosenIds } from './chosen-ids.js';
import { RequestSpans } from './request-spans.js';
import { RunSpans } from './run-spans.js';

/** How a worker traces what it does, as spans. */
export interface WorkerTracing {
  /** Makes spans of the requests to Keboola, and passes on what it is told to `tally`. */
  requests(tally: Tally): Tally;
  /** Makes spans of activities and workflows, and passes the context on between them; absent if something else does. */
  steps?: { activity: ActivityInterceptorsFactory; sinks: InjectedSinks<TracingSinks> };
}

/** Traces everything that a worker does, with a tracer of ours. */
export function traceWorker(otel: typeof OpenTelemetry, tracer: OpenTelemetry.Tracer, ids: ChosenIds): WorkerTracing {
  const runs = new RunSpans(otel, tracer, ids);
  const closed = { fn: runs.closed.bind(runs), callDuringReplay: false };
  return {
    ...traceRequests(otel, tracer),
    steps: { activity: activitySpans(otel, tracer), sinks: { [TRACING_SINK]: { closed } } },
  };
}

/**
 * Makes a span of every request to Keboola, below the active span: for a worker of your own whose workflows and
 * activities are traced by `OpenTelemetryPlugin` of `@temporalio/interceptors-opentelemetry`.
 *
 * @param otel the module `@opentelemetry/api` of the program.
 * @param tracer default the global one, named `keboola-temporal`.
 */
export function traceRequests(
  otel: typeof OpenTelemetry,
  tracer: OpenTelemetry.Tracer = otel.trace.getTracer('keboola-temporal'),
): WorkerTracing {
  return { requests: (tally) => new RequestSpans(otel, tracer, tally) };
}
