import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { LogEntry } from '@temporalio/worker';
import * as otel from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import { tracingInterceptor } from '../../client/tracing-interceptor.js';
import type { OtlpUrls } from '../../input/otlp-settings.js';
import { ChosenIds } from '../../worker/tracing/chosen-ids.js';
import { traceWorker, type WorkerTracing } from '../../worker/tracing/worker-tracing.js';
import { VERSION } from '../version.js';
import { logRecords } from './log-records.js';
import { TellingExporter } from './telling-exporter.js';

/** Exports the telemetry of a process by OTLP. */
export interface Telemetry {
  /** For a client of Temporal. */
  client?: WorkflowClientInterceptor;
  /** For a worker. */
  tracing?: WorkerTracing;
  /** For a log. */
  onLog?: (entry: LogEntry) => void;
  /** Sends what is left, within a time limit. */
  close(): Promise<void>;
}

export interface TelemetryWanted {
  /** Called once when nothing arrives any more, and once when it does again. */
  tell: (level: 'INFO' | 'WARN', sentence: string) => void;
  /** How long a process that ends may wait for a collector. */
  closeMsMax: number;
  /** How long a span waits for others. Default: what `OTEL_BSP_SCHEDULE_DELAY` says, or 5 s. */
  delayMs?: number;
}

const SCOPE = 'keboola-temporal';
/**
 * More is dropped: a collector that is away costs a worker neither memory nor time. The batch size is set here, too,
 * because the SDK would take it from `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, and 0 makes it send batches without end.
 */
const BOUNDS = { maxQueueSize: 2_048, maxExportBatchSize: 512 };

/** Exports to an OpenTelemetry collector, by our settings and by the variables that OpenTelemetry's SDK reads. */
export function openTelemetry({ tracesUrl, logsUrl }: OtlpUrls, wanted: TelemetryWanted): Telemetry {
  const traces = tracesUrl === undefined ? undefined : openTraces(tracesUrl, wanted);
  const logs = logsUrl === undefined ? undefined : openLogs(logsUrl, wanted);
  return {
    ...traces?.telemetry,
    ...(logs && { onLog: logs.onLog }),
    close: async () => {
      const closed = Promise.allSettled([traces?.provider.shutdown(), logs?.provider.shutdown()]);
      await Promise.race([closed, sleep(wanted.closeMsMax)]);
    },
  };
}

function openTraces(
  url: string,
  wanted: TelemetryWanted,
): { telemetry: Omit<Telemetry, 'close'>; provider: BasicTracerProvider } {
  otel.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const ids = new ChosenIds(new RandomIdGenerator());
  const exporter = new TellingExporter(new OTLPTraceExporter({ url }), tellOf('Spans', url, wanted));
  const processor = new BatchSpanProcessor(exporter, {
    ...BOUNDS,
    ...(wanted.delayMs !== undefined && { scheduledDelayMillis: wanted.delayMs }),
  });
  const provider = new BasicTracerProvider({ resource: resource(), idGenerator: ids, spanProcessors: [processor] });
  const tracer = provider.getTracer(SCOPE, VERSION);
  const telemetry = { client: tracingInterceptor(otel, tracer), tracing: traceWorker(otel, tracer, ids) };
  return { telemetry, provider };
}

function openLogs(
  url: string,
  wanted: TelemetryWanted,
): { onLog: (entry: LogEntry) => void; provider: LoggerProvider } {
  const exporter = new TellingExporter(new OTLPLogExporter({ url }), tellOf('Log records', url, wanted));
  const processor = new BatchLogRecordProcessor({ exporter, ...BOUNDS });
  const provider = new LoggerProvider({ resource: resource(), processors: [processor] });
  return { onLog: logRecords(otel, provider.getLogger(SCOPE, VERSION)), provider };
}

/** Which process this is; `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win. */
function resource(): ReturnType<typeof defaultResource> {
  const ours = {
    'service.name': SCOPE,
    'service.version': VERSION,
    'service.instance.id': `${process.pid}@${hostname()}`,
  };
  const said = detectResources({ detectors: [envDetector] });
  return defaultResource().merge(resourceFromAttributes(ours)).merge(said);
}

function tellOf(what: string, url: string, { tell }: TelemetryWanted): (isFailing: boolean, why: string) => void {
  const where = new URL(url).origin;
  return (isFailing, why) => {
    if (!isFailing) tell('INFO', `${what} arrive at ${where} again.`);
    else tell('WARN', `${what} do not arrive at ${where}: ${why}. They are let go until they do; jobs go on.`);
  };
}
