import { NativeConnection, Runtime, type LogEntry, type WorkerOptions } from '@temporalio/worker';
import type { ConnectionReport } from '../job/questions.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import { encryptedDataConverter } from '../temporal/encryption/encrypted-data-converter.js';
import type { PayloadKeys } from '../temporal/encryption/payload-keys.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { AskAgain } from '../worker/ask-again.js';
import { histogramBuckets } from '../worker/metrics/our-metrics.js';
import { WorkerMetrics } from '../worker/metrics/worker-metrics.js';
import { tellOfStart } from '../worker/tell-connections.js';
import { tellWorkerLog } from '../worker/tell.js';
import type { WorkerTracing } from '../worker/tracing/worker-tracing.js';
import { createWorker } from '../worker.js';
import { whyUnreachable } from './connect.js';
import { inOurWords } from './temporal-refusal.js';
import { watchedRun } from './watched-run.js';
import { ConnectionBoard } from './service/connection-board.js';
import { startHealthServer, type HealthAddress, type Looks } from './service/health-server.js';
import { lookAgain, type LookAt } from './service/look-again.js';
import { isAlive, lookAtWorker } from './service/readiness.js';
import { TemporalProbe } from './service/temporal-probe.js';
import { WorkerLog, type LogFormat } from './service/worker-log.js';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface WorkerWanted {
  temporal: TemporalSettings;
  taskQueue: string;
  connections: readonly ConnectionSettings[];
  /** Keys that encrypt and decrypt payloads. */
  payloadKeys: PayloadKeys;
  /** Concurrency limits, and any other options of a Temporal worker. */
  worker?: Partial<WorkerOptions>;
  /** What a look at the connections has shown, once it has; the probes report it. */
  looked?: Promise<readonly ConnectionReport[]>;
  /** Looks again at some connections, by name: once a minute at those that the last look has shown to be bad. */
  look?: LookAt;
  /** Where the probes are served; absent if there are none. */
  health?: HealthAddress;
  /** Traces what the worker does, as spans; absent if it is not traced. */
  tracing?: WorkerTracing;
  /** Fires when nobody wants the worker any more before it has begun; then it takes up no task. */
  givenUp?: AbortSignal;
}

export interface RunningWorker {
  /** How Temporal shows it. */
  readonly identity: string;
  /** `http://HOST:PORT` of the probes, if there are any. */
  readonly healthUrl?: string;
  /** Resolves when the worker has ended, by `stop` or by itself; rejects with a fault that has ended it. */
  readonly ended: Promise<void>;
  /**
   * Lets the worker finish the tasks that it has in hand, for two minutes at most.
   *
   * @throws WorkerBroken, or the fault that the worker has ended with, even if that was earlier.
   */
  stop(): Promise<void>;
}

const AS_PROMETHEUS_NAMES_THEM = {
  countersTotalSuffix: true,
  unitSuffix: true,
  useSecondsForDurations: true,
  histogramBucketOverrides: histogramBuckets(),
};

/** What the SDK's native half logs at INFO is useful only to its authors. */
const NATIVE_LEVEL = { TRACE: 'TRACE', DEBUG: 'DEBUG', INFO: 'WARN', WARN: 'WARN', ERROR: 'ERROR' } as const;

export interface RuntimeWanted {
  logLevel: LogLevel;
  logFormat?: LogFormat;
  /** `HOST:PORT` where Prometheus finds Temporal's metrics of this process, as `/metrics`. */
  metricsAddress?: string;
  /** Called with each event that is logged. */
  onLog?: (entry: LogEntry) => void;
}

/**
 * Must be called once, before anything of the SDK's worker is touched. The commands handle signals.
 *
 * @throws Error if the metrics cannot be served at their address.
 */
export function installRuntime({ logLevel, logFormat, metricsAddress: bindAddress, onLog }: RuntimeWanted): void {
  Runtime.install({
    logger: new WorkerLog(logLevel, logFormat, onLog),
    telemetryOptions: {
      // Otherwise the native half writes to standard output, into the middle of a result.
      logging: { filter: { core: NATIVE_LEVEL[logLevel], other: 'ERROR' }, forward: {} },
      ...(bindAddress !== undefined && { metrics: { prometheus: { ...AS_PROMETHEUS_NAMES_THEM, bindAddress } } }),
    },
    shutdownSignals: [],
  });
}

/** Logs what a look at a connection has shown. */
export function tellOfLook(report: ConnectionReport): void {
  tellOfStart(tellWorkerLog, report);
}

/**
 * @throws TemporalUnreachable, TemporalRefused, NoSuchNamespace, SettingsError; Error with `syscall` if an address is
 * taken.
 */
export async function startWorker({
  temporal,
  taskQueue,
  health,
  looked,
  look,
  payloadKeys,
  givenUp,
  ...wanted
}: WorkerWanted): Promise<RunningWorker> {
  const connection = await connect(temporal);
  const board = new ConnectionBoard(wanted.connections.map(({ name }) => name));
  try {
    const worker = await createWorker({
      connection,
      namespace: temporal.namespace,
      taskQueue,
      ...wanted,
      worker: { ...wanted.worker, dataConverter: encryptedDataConverter(payloadKeys) },
      onHealth: (name, news) => board.heard(name, news),
    });
    const metrics = new WorkerMetrics();
    metrics.begin([]);
    // This rejects only for wrong settings, and the worker itself reports those.
    void looked?.then((reports) => takeIn(board, metrics, reports)).catch(() => undefined);
    const probe = new TemporalProbe(connection, temporal);
    const looks: Looks = {
      isAlive: () => isAlive(worker),
      readiness: () => lookAtWorker(worker, probe, board),
    };
    // The log should tell of a Temporal that does not answer, even if nobody asks the probes.
    const again = [
      new AskAgain(() => probe.ask()),
      ...(look ? [lookAgain(board, look, (reports) => takeIn(board, metrics, reports))] : []),
    ];
    const probes = health && (await startHealthServer(health, looks));
    givenUp?.throwIfAborted();
    const ended = watchedRun(worker);
    // Whoever awaits `ended` sees a fault; until then, the fault must not end the process.
    ended
      .catch(() => undefined)
      .finally(() => {
        for (const one of again) one.end();
      });
    for (const one of again) one.begin();
    const stop = async (): Promise<void> => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await probes?.close();
      await connection.close();
    };
    const { identity } = worker.options;
    return { identity, ended, stop, ...(probes && { healthUrl: probes.url }) };
  } catch (error) {
    const known = await namespaceProblem(connection, temporal);
    // A worker that was created still holds the connection; what went wrong afterwards is what counts.
    await connection.close().catch(() => undefined);
    throw known ?? error;
  }
}

/** Probes and metrics show what a look at the connections has shown, unless a request of a job knows better. */
function takeIn(board: ConnectionBoard, metrics: WorkerMetrics, reports: readonly ConnectionReport[]): void {
  for (const report of reports) board.looked(report);
  for (const { name, state } of board.all()) metrics.connection(name, state === 'well' ? undefined : state);
}

/** The native half reports a missing namespace in its own words, so ask the server once more. */
async function namespaceProblem(connection: NativeConnection, temporal: TemporalSettings): Promise<unknown> {
  const { namespace } = temporal;
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return undefined;
  } catch (error) {
    const known = inOurWords(error, temporal);
    return known === error ? undefined : known;
  }
}

async function connect(temporal: WorkerWanted['temporal']): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(temporal.connectionOptions);
  } catch (error) {
    throw await whyUnreachable(temporal, error);
  }
}
