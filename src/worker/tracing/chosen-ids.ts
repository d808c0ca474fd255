import type { TraceContext } from '../../job/tracing/trace-context.js';

/** What makes ids for new spans, as OpenTelemetry's SDK takes it. */
interface MakesIds {
  generateTraceId(): string;
  generateSpanId(): string;
}

/**
 * Draws ids as the SDK does, and lets the span of a workflow have the one that its workflow has given to all below it: what an
 * SDK offers no other way for.
 */
export class ChosenIds implements MakesIds {
  private chosen: Pick<TraceContext, 'traceId' | 'spanId'> | undefined;

  constructor(private readonly drawn: MakesIds) {}

  /** Runs `make`, in which the next span has these. */
  with<Made>(chosen: Pick<TraceContext, 'traceId' | 'spanId'>, make: () => Made): Made {
    this.chosen = chosen;
    try {
      return make();
    } finally {
      this.chosen = undefined;
    }
  }

  generateTraceId = (): string => this.chosen?.traceId ?? this.drawn.generateTraceId();

  generateSpanId = (): string => this.chosen?.spanId ?? this.drawn.generateSpanId();
}
