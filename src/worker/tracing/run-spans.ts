import type { WorkflowInfo } from '@temporalio/workflow';
import type * as OpenTelemetry from '@opentelemetry/api';
import { STORAGE } from '../../job/storage/system.js';
import type { ClosedRun } from '../../job/tracing/told-to-traces.js';
import { LatestOnes } from '../metrics/latest-ones.js';
import type { ChosenIds } from './chosen-ids.js';
import { jobIdFact } from './job-id-fact.js';

/** If Temporal has not accepted the last task of a workflow, it comes again within seconds. */
const CLOSED_MAX = 10_000;

/** Search attributes of a workflow that become attributes of its span, if they are set. */
const FACTS = {
  KeboolaProject: 'keboola.project',
  KeboolaComponent: 'keboola.component',
  KeboolaConfig: 'keboola.config',
} as const;

/** Makes the span of a workflow when its run closes; the span begins with the run. */
export class RunSpans {
  private readonly told = new LatestOnes(CLOSED_MAX);

  constructor(
    private readonly otel: typeof OpenTelemetry,
    private readonly tracer: OpenTelemetry.Tracer,
    private readonly ids: ChosenIds,
  ) {}

  closed(info: WorkflowInfo, run: ClosedRun): void {
    if (!this.told.isNew(info.runId)) return;
    const { startMs, endMs, closedAs, context } = run;
    const attributes = { ...placeOf(info), ...factsOf(run), ...endOf(run) };
    const options = { startTime: startMs, attributes };
    const name = `RunWorkflow:${info.workflowType}`;
    const span = this.ids.with(context, () => this.tracer.startSpan(name, options, this.above(run)));
    if (closedAs === 'failed') span.setStatus({ code: this.otel.SpanStatusCode.ERROR });
    span.end(Math.max(startMs, endMs));
  }

  private above({ context: { traceId, flags }, parentSpanId }: ClosedRun): OpenTelemetry.Context {
    const { ROOT_CONTEXT, trace } = this.otel;
    if (parentSpanId === undefined) return ROOT_CONTEXT;
    const parent = { traceId, spanId: parentSpanId, traceFlags: parseInt(flags, 16), isRemote: true };
    return trace.setSpanContext(ROOT_CONTEXT, parent);
  }
}

/** By the names that Temporal's SDKs use. */
function placeOf({ workflowId, runId, taskQueue, namespace, attempt }: WorkflowInfo): OpenTelemetry.Attributes {
  return { temporalWorkflowId: workflowId, run_id: runId, taskQueue, namespace, attempt };
}

function factsOf({ searchAttributes, jobId, isOfStorage }: ClosedRun): OpenTelemetry.Attributes {
  const facts = Object.entries(FACTS).flatMap(([attribute, name]) => {
    const value = searchAttributes[attribute];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const { KeboolaComponent: component, KeboolaJobId: shownId } = searchAttributes;
  const id = jobId ?? shownId;
  return {
    ...(Object.fromEntries(facts) as OpenTelemetry.Attributes),
    ...(typeof id === 'string' && jobIdFact(id, isOfStorage ?? component === STORAGE)),
  };
}

function endOf({ closedAs, errorType }: ClosedRun): OpenTelemetry.Attributes {
  return {
    'temporal.workflow.closed': closedAs,
    ...(errorType !== undefined && { 'error.type': errorType }),
  };
}
