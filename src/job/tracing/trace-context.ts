/** The header of Temporal's SDKs for OpenTelemetry: one JSON object of what W3C Trace Context has as HTTP headers. */
export const TRACE_HEADER = '_tracer-data';

/** Where a span belongs, by W3C Trace Context (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits: the span below which others come. */
  spanId: string;
  /** Two hexadecimal digits; by the last bit somebody has decided that the trace is kept. */
  flags: string;
  /** What vendors have added, passed on as it is. */
  traceState?: string;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
const ZEROS = /^0+$/;
/** As long as the standard asks everybody to pass it on. */
const TRACE_STATE_LENGTH_MAX = 512;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SAMPLED = 1;

/** What a header says, which may be anything; undefined for what is no context. */
export function readTraceContext(carrier: unknown): TraceContext | undefined {
  const { traceparent, tracestate } = (carrier ?? {}) as Record<string, unknown>;
  if (typeof traceparent !== 'string') return undefined;
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === '' || ZEROS.test(traceId) || ZEROS.test(spanId)) return undefined;
  const hasState = typeof tracestate === 'string' && tracestate !== '' && tracestate.length <= TRACE_STATE_LENGTH_MAX;
  return { traceId, spanId, flags, ...(hasState && { traceState: tracestate }) };
}

/** As a header has it. */
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
  /** Of the run that all others went on from. */
  firstExecutionRunId: string;
}

/**
 * The context of a workflow's run: below whoever has started it, or at the top of a trace of its own. It is made of the ids of the
 * run, so it is the same in every replay, on whichever worker, and costs the workflow none of its chance.
 *
 * @returns undefined where the ids are not those of a Temporal server.
 */
export function contextOfRun({ runId, firstExecutionRunId }: Run, parent?: TraceContext): TraceContext | undefined {
  if (!UUID.test(runId) || !UUID.test(firstExecutionRunId)) return undefined;
  const spanId = spanIdOf(runId);
  if (parent) return { ...parent, spanId };
  return { traceId: firstExecutionRunId.replaceAll('-', ''), spanId, flags: '01' };
}

/** The half of a UUID that holds chance alone. */
function spanIdOf(runId: string): string {
  return runId.replaceAll('-', '').slice(16);
}
