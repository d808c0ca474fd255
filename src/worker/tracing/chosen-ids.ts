import type { TraceContext } from '../../job/tracing/trace-context.js';

/** Makes ids for new spans, as OpenTelemetry's SDK takes it. */
interface MakesIds {
  generateTraceId(): string;
  generateSpanId(): string;
}

/**
 * Draws ids as the SDK does, but gives the span of a workflow the id that the workflow has passed on to everything
 * below it. The SDK offers no other way to do that.
 */
export class ChosenIds implements MakesIds {
  private chosen: Pick<TraceContext, 'traceId' | 'spanId'> | undefined;

  constructor(private readonly drawn: MakesIds) {}

  /** Runs `make`; the next span in it has these ids. */
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
