import type { TraceContext } from './trace-context.js';

/** The name of the sink through which a worker receives the spans of its workflows. */
export const TRACING_SINK = 'keboolaTracing';

/**
 * A worker that traces registers an activity of this name, which nobody calls. That is how its workflows know that it
 * traces: the SDK tells a workflow nothing about its worker except the names of its activities.
 */
export const TRACES_MARK = 'keboolaTraces';

/** Text from an author, such as an id or an error type, may have any length; this bounds it. */
export const FACT_LENGTH_MAX = 200;

/** How a workflow has closed. */
export type ClosedAs = 'completed' | 'failed' | 'canceled' | 'continued';

/** A closed workflow run, described without anything of its input, its result, or its failure message. */
export interface ClosedRun {
  context: TraceContext;
  /** The parent span; absent at the top of a trace. */
  parentSpanId?: string;
  /** Epoch milliseconds. */
  startMs: number;
  endMs: number;
  closedAs: ClosedAs;
  /** The type of a failure, such as `JobError`; at most `FACT_LENGTH_MAX`. */
  errorType?: string;
  /** At most `FACT_LENGTH_MAX`. */
  jobId?: string;
  /** A Storage job; Storage numbers its jobs separately. */
  isOfStorage?: true;
  /** By name, as last written. */
  searchAttributes: Readonly<Record<string, unknown>>;
}

/** What workflows report to a worker that traces. Reports add no history events. */
export interface ToldToTraces {
  closed(run: ClosedRun): void;
}

/** The shape that the SDK's sink proxy and a worker expect. */
export type TracingSinks = Record<typeof TRACING_SINK, Pick<ToldToTraces, keyof ToldToTraces>>;
