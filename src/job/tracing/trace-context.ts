import { defaultPayloadConverter, type Headers } from '@temporalio/common';

/** The header of Temporal's OpenTelemetry SDKs: a JSON object with the HTTP headers of W3C Trace Context as fields. */
export const TRACE_HEADER = '_tracer-data';

/** The place of a span, by W3C Trace Context (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits: the span that is the parent of the next ones. */
  spanId: string;
  /** Two hexadecimal digits; the last bit says that somebody has decided to keep the trace. */
  flags: string;
  /** What vendors have added; passed on unchanged. */
  traceState?: string;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
const ZEROS = /^0+$/;
/** The standard asks everybody to pass on at least this much. */
const TRACE_STATE_LENGTH_MAX = 512;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SAMPLED = 1;

/** Reads a header, which may hold anything; undefined if it is no trace context. */
export function readTraceContext(carrier: unknown): TraceContext | undefined {
  const { traceparent, tracestate } = (carrier ?? {}) as Record<string, unknown>;
  if (typeof traceparent !== 'string') return undefined;
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === '' || ZEROS.test(traceId) || ZEROS.test(spanId)) return undefined;
  const hasState = typeof tracestate === 'string' && tracestate !== '' && tracestate.length <= TRACE_STATE_LENGTH_MAX;
  return { traceId, spanId, flags, ...(hasState && { traceState: tracestate }) };
}

/** The trace context in the headers of a workflow or an activity. Anybody may have set the header, to anything. */
export function contextIn({ [TRACE_HEADER]: payload }: Headers): TraceContext | undefined {
  try {
    return payload && readTraceContext(defaultPayloadConverter.fromPayload(payload));
  } catch {
    return undefined;
  }
}

/** The context as header fields. */
export function writeTraceContext({ traceId, spanId, flags, traceState }: TraceContext): Record<string, string> {
  return {
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    ...(traceState !== undefined && { tracestate: traceState }),
  };
}

export function isSampled({ flags }: Pick<TraceContext, 'flags'>): boolean {
  return (parseInt(flags, 16) & SAMPLED) === SAMPLED;
}

interface Run {
  runId: string;
  /** Run id of the first run in the chain of runs. */
  firstExecutionRunId: string;
}

/**
 * The context of a workflow run: below the caller's span, or at the top of a trace of its own. It is derived from the
 * ids of the run, so it is the same on every replay and on every worker, and uses none of the workflow's random
 * numbers.
 *
 * @returns undefined if the ids are not those of a Temporal server.
 */
export function contextOfRun({ runId, firstExecutionRunId }: Run, parent?: TraceContext): TraceContext | undefined {
  if (!UUID.test(runId) || !UUID.test(firstExecutionRunId)) return undefined;
  const spanId = spanIdOf(runId);
  if (parent) return { ...parent, spanId };
  return { traceId: firstExecutionRunId.replaceAll('-', ''), spanId, flags: '01' };
}

/** The half of a UUID that is entirely random. */
function spanIdOf(runId: string): string {
  return runId.replaceAll('-', '').slice(16);
}
