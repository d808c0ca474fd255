import {
  ApplicationFailure,
  ContinueAsNew,
  defaultPayloadConverter,
  isCancellation,
  proxySinks,
  TemporalFailure,
  workflowInfo,
  type Headers,
  type WorkflowInterceptors,
} from '@temporalio/workflow';
import { cut } from '../../job/text/well-formed.js';
import {
  FACT_LENGTH_MAX,
  TRACES_MARK,
  TRACING_SINK,
  type ClosedAs,
  type ClosedRun,
  type TracingSinks,
} from '../../job/tracing/told-to-traces.js';
import {
  contextIn,
  contextOfRun,
  isSampled,
  TRACE_HEADER,
  writeTraceContext,
  type TraceContext,
} from '../../job/tracing/trace-context.js';
import { WATCHER_TYPE } from '../../job/watch/watch-request.js';

/** This workflow asks every few seconds while any job is waited for. No trace can hold that, and metrics cover it. */
const UNENDING = [WATCHER_TYPE];
const NOT_KEPT = '00';

/** The part of the SDK's workflow state that tells about the worker. */
interface OfWorker {
  registeredActivityNames: ReadonlySet<string>;
}

/** The part of that state that tells how the SDK closes a workflow. */
interface OfRun {
  cancelled?: boolean;
}

/**
 * Puts a workflow into the trace of its starter, and everything that the workflow starts below it. On a worker that
 * does not trace, it does nothing.
 *
 * It adds headers, and tells the worker when the workflow closes. It awaits nothing, adds no command of its own, and
 * draws no random number, so a history recorded without it replays with it, and the other way round.
 */
export function traceRuns(activator: OfWorker): WorkflowInterceptors {
  if (!activator.registeredActivityNames.has(TRACES_MARK)) return {};
  const run = new TracedRun(activator as object);
  const below = <Input extends { headers: Headers }, Answer>(input: Input, next: (input: Input) => Answer): Answer =>
    next({ ...input, headers: { ...input.headers, ...run.headers } });
  return {
    inbound: [
      {
        execute: (input, next) => {
          run.begin(input.headers);
          const ended = next(input);
          ended.then(
            (result) => run.end('completed', jobIn(result)),
            (error: unknown) => run.fail(error),
          );
          return ended;
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: below,
        scheduleLocalActivity: below,
        startChildWorkflowExecution: below,
        signalWorkflow: below,
        continueAsNew: (input, next) => next({ ...input, headers: { ...input.headers, ...run.headersOfNext } }),
        getLogAttributes: (input, next) => next({ ...run.logAttributes, ...input }),
      },
    ],
  };
}

type ClosedJob = Pick<ClosedRun, 'jobId' | 'isOfStorage'>;

/** What is known of one run; nothing before the run begins, or if it can be in no trace. */
class TracedRun {
  /** For everything that this run starts. */
  headers: Headers = {};
  /** For the next run of the chain, which is placed beside this one, so that a long chain does not nest ever deeper. */
  headersOfNext: Headers = {};
  logAttributes: Record<string, string> = {};
  private context: TraceContext | undefined;
  private parent: TraceContext | undefined;

  constructor(private readonly activator: OfRun) {}

  begin(headers: Headers): void {
    this.parent = contextIn(headers);
    const context = contextOfRun(workflowInfo(), this.parent);
    if (!context) return;
    this.context = UNENDING.includes(workflowInfo().workflowType) ? { ...context, flags: NOT_KEPT } : context;
    this.headers = headersOf(this.context);
    this.headersOfNext = this.parent ? headersOf(this.parent) : this.headers;
    const { traceId, spanId, flags } = this.context;
    this.logAttributes = { trace_id: traceId, span_id: spanId, trace_flags: flags };
  }

  /**
   * Reports what the SDK does: a cancellation of something below fails a workflow that was not cancelled itself. Any
   * other error does not close the workflow; it fails the workflow task, which is then retried.
   */
  fail(error: unknown): void {
    if (error instanceof ContinueAsNew) this.end('continued');
    else if (this.activator.cancelled && isCancellation(error)) this.end('canceled');
    else if (error instanceof ApplicationFailure)
      this.end('failed', jobIn(error.details?.[0]), error.type ?? error.name);
    else if (error instanceof TemporalFailure) this.end('failed', {}, error.name);
  }

  end(closedAs: ClosedAs, job: ClosedJob = {}, errorType?: string): void {
    const { context, parent } = this;
    const { unsafe, runStartTime, typedSearchAttributes } = workflowInfo();
    if (!context || !isSampled(context) || unsafe.isReplaying) return;
    const closed: ClosedRun = {
      context,
      closedAs,
      startMs: runStartTime.getTime(),
      endMs: Date.now(),
      searchAttributes: Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])),
      ...(parent && { parentSpanId: parent.spanId }),
      ...job,
      ...(errorType !== undefined && { errorType: cut(errorType, FACT_LENGTH_MAX) }),
    };
    proxySinks<TracingSinks>()[TRACING_SINK].closed(closed);
  }
}

function headersOf(context: TraceContext): Headers {
  return { [TRACE_HEADER]: defaultPayloadConverter.toPayload(writeTraceContext(context)) };
}

/** From a result of ours, or from the details of a failure; only a Storage job has an operation. */
function jobIn(value: unknown): ClosedJob {
  const { jobId, operation } = (value ?? {}) as { jobId?: unknown; operation?: unknown };
  if (typeof jobId !== 'string') return {};
  return { jobId: cut(jobId, FACT_LENGTH_MAX), ...(operation !== undefined && { isOfStorage: true }) };
}
