import type * as OpenTelemetry from '@opentelemetry/api';

/**
 * Whether the starter of the trace in `context` has decided not to keep it. Only samplers that ask the parent know of
 * that; with any other one, the watcher of a project would be in an unending trace.
 */
export function isLetGo(otel: typeof OpenTelemetry, context: OpenTelemetry.Context): boolean {
  const above = otel.trace.getSpanContext(context);
  if (!above || !otel.isSpanContextValid(above)) return false;
  return (above.traceFlags & otel.TraceFlags.SAMPLED) === 0;
}
