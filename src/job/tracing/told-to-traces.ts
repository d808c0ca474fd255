import type { TraceContext } from './trace-context.js';

/** The name under which a worker takes the spans of its workflows. */
export const TRACING_SINK = 'keboolaTracing';

/**
 * A worker that traces has an activity of this name, which nobody calls. It is how its workflows know of it: the names of its
 * activities are all that the SDK tells a workflow of its worker.
 */
export const TRACES_MARK = 'keboolaTraces';

/** What an author has given, such as an id or the type of an error, may be of any length. */
export const FACT_LENGTH_MAX = 200;

/** How a workflow has closed. */
export type ClosedAs = 'completed' | 'failed' | 'canceled' | 'continued';

/** A run of a workflow that has closed, in words that hold nothing of its input, its result, or the message of its failure. */
export interface ClosedRun {
  context: TraceContext;
  /** The span above it; absent at the top of a trace. */
  parentSpanId?: string;
  /** Epoch milliseconds. */
  startMs: number;
  endMs: number;
  closedAs: ClosedAs;
  /** Of a failure, such as `JobFailed`; at most `FACT_LENGTH_MAX`. */
  errorType?: string;
  /** At most `FACT_LENGTH_MAX`. */
  jobId?: string;
  /** The job is one of Storage, which counts its jobs by itself. */
  isOfStorage?: true;
  /** By their names, as they were last written. */
  searchAttributes: Readonly<Record<string, unknown>>;
}

/** What a worker that traces hears of its workflows. It costs no event of their history. */
export interface ToldToTraces {
  closed(run: ClosedRun): void;
}

/** As a proxy of the SDK and a worker take it. */
export type TracingSinks = Record<typeof TRACING_SINK, Pick<ToldToTraces, keyof ToldToTraces>>;
