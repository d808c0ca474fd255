import type { LogEntry } from '@temporalio/worker';
import type * as OpenTelemetry from '@opentelemetry/api';
import { SeverityNumber, type Logger } from '@opentelemetry/api-logs';
import { cut } from '../../job/text/well-formed.js';
import { FIELDS } from '../service/json-line.js';
import { inOneLine } from '../service/worker-log.js';

/** OpenTelemetry's severities. */
const { TRACE, DEBUG, INFO, WARN, ERROR } = SeverityNumber;
const SEVERITIES: Record<LogEntry['level'], SeverityNumber> = { TRACE, DEBUG, INFO, WARN, ERROR };
/** As long as a line of the log may be. */
const BODY_LENGTH_MAX = 8_000;
const NANOS_PER_SECOND = 1_000_000_000n;

/** Makes a log record of every event in a worker's log: its line, what it is about, and its span, if it has one. */
export function logRecords(otel: typeof OpenTelemetry, logger: Logger): (entry: LogEntry) => void {
  return (entry) => {
    const { level, timestampNanos, message, meta = {} } = inOneLine(entry);
    const facts = Object.entries({ ...meta, ...entry.meta }).filter(
      ([name, value]) => FIELDS.includes(name) && ['string', 'number'].includes(typeof value),
    );
    logger.emit({
      timestamp: [Number(timestampNanos / NANOS_PER_SECOND), Number(timestampNanos % NANOS_PER_SECOND)],
      severityNumber: SEVERITIES[level],
      severityText: level,
      body: cut(message, BODY_LENGTH_MAX),
      attributes: Object.fromEntries(facts),
      context: contextOf(otel, entry.meta),
    });
  };
}

/** A workflow logs in a thread of its own, so the ids of its span come with the event. */
function contextOf(otel: typeof OpenTelemetry, meta: LogEntry['meta'] = {}): OpenTelemetry.Context {
  const { trace_id: traceId, span_id: spanId } = meta as Record<string, unknown>;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return otel.context.active();
  return otel.trace.setSpanContext(otel.ROOT_CONTEXT, { traceId, spanId, traceFlags: otel.TraceFlags.SAMPLED });
}
