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
  /** By which payloads are encrypted and decrypted. */
  payloadKeys: PayloadKeys;
  /** How much at once, and whatever else a Temporal worker takes. */
  worker?: Partial<WorkerOptions>;
  /** What a look at the connections has shown, once it has; probes tell of it. */
  looked?: Promise<readonly ConnectionReport[]>;
  /** Looks anew at some of them, by name; asked once a minute for those that the look before has shown to be bad. */
  look?: LookAt;
  /** Where probes are answered; absent where none are. */
  health?: HealthAddress;
  /** How it tells of what it does, as spans; absent where it does not. */
  tracing?: WorkerTracing;
  /** Fires when nobody wants it any more before it has begun; then it takes up nothing. */
  givenUp?: AbortSignal;
}

export interface RunningWorker {
  /** How Temporal shows it. */
  readonly identity: string;
  /** `http://HOST:PORT` of the probes, where there are any. */
  readonly healthUrl?: string;
  /** Settles when the worker has ended, by `stop` or by a fault that it rejects with. */
  readonly ended: Promise<void>;
  /**
   * Lets the worker finish what it has in hand; two minutes at most.
   *
   * @throws WorkerBroken, or the fault that the worker has ended with, also when it had that before.
   */
  stop(): Promise<void>;
}

const AS_PROMETHEUS_NAMES_THEM = {
  countersTotalSuffix: true,
  unitSuffix: true,
  useSecondsForDurations: true,
  histogramBucketOverrides: histogramBuckets(),
};

/** What the native half tells at INFO is of use to nobody but its authors. */
const NATIVE_LEVEL = { TRACE: 'TRACE', DEBUG: 'DEBUG', INFO: 'WARN', WARN: 'WARN', ERROR: 'ERROR' } as const;

export interface RuntimeWanted {
  logLevel: LogLevel;
  logFormat?: LogFormat;
  /** `HOST:PORT` where Prometheus finds Temporal's metrics of this process, as `/metrics`. */
  metricsAddress?: string;
  /** Hears of each event that is logged. */
  onLog?: (entry: LogEntry) => void;
}

/**
 * Must be called once, before anything of the SDK's worker is touched; signals are handled by the commands.
 *
 * @throws Error where the metrics cannot be served at their address.
 */
export function installRuntime({ logLevel, logFormat, metricsAddress: bindAddress, onLog }: RuntimeWanted): void {
  Runtime.install({
    logger: new WorkerLog(logLevel, logFormat, onLog),
    telemetryOptions: {
      // The native half writes to standard output otherwise, into the midst of a result.
      logging: { filter: { core: NATIVE_LEVEL[logLevel], other: 'ERROR' }, forward: {} },
      ...(bindAddress !== undefined && { metrics: { prometheus: { ...AS_PROMETHEUS_NAMES_THEM, bindAddress } } }),
    },
    shutdownSignals: [],
  });
}

/** Says into the worker's log what a look at a connection has shown. */
export function tellOfLook(report: ConnectionReport): void {
  tellOfStart(tellWorkerLog, report);
}

/** @throws TemporalUnreachable, TemporalRefused, NoSuchNamespace, SettingsError; Error with `syscall` for an address that is taken. */
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
    // It throws only for settings, as the worker itself does.
    void looked?.then((reports) => takeIn(board, metrics, reports)).catch(() => undefined);
    const probe = new TemporalProbe(connection, temporal);
    const looks: Looks = {
      isAlive: () => isAlive(worker),
      readiness: () => lookAtWorker(worker, probe, board),
    };
    // Also where nobody asks the probes the log is to tell of a Temporal that does not answer.
    const again = [
      new AskAgain(() => probe.ask()),
      ...(look ? [lookAgain(board, look, (reports) => takeIn(board, metrics, reports))] : []),
    ];
    const probes = health && (await startHealthServer(health, looks));
    givenUp?.throwIfAborted();
    const ended = watchedRun(worker);
    // Whoever awaits `ended` hears of a fault; until then it must not end the process.
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
    // A worker that was made holds it; what went wrong afterwards is what counts.
    await connection.close().catch(() => undefined);
    throw known ?? error;
  }
}

/** Probes and metrics tell what the look at the start has shown, as far as no request of a job knows better. */
function takeIn(board: ConnectionBoard, metrics: WorkerMetrics, reports: readonly ConnectionReport[]): void {
  for (const report of reports) board.looked(report);
  for (const { name, state } of board.all()) metrics.connection(name, state === 'well' ? undefined : state);
}

/** The native half says in its own words that it has found no such namespace; so the server is asked once more. */
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
