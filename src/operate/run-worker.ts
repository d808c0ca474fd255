import { NativeConnection, Runtime } from '@temporalio/worker';
import type { ConnectionReport } from '../job/questions.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { tellOfStart } from '../worker/tell-connections.js';
import { tellWorkerLog } from '../worker/tell.js';
import { createWorker } from '../worker.js';
import { whyUnreachable } from './connect.js';
import { inOurWords } from './temporal-refusal.js';
import { watchedRun } from './watched-run.js';
import { WorkerLog } from './worker-log.js';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface WorkerWanted {
  temporal: TemporalSettings;
  taskQueue: string;
  connections: readonly ConnectionSettings[];
}

export interface RunningWorker {
  /** Settles when the worker has ended, by `stop` or by a fault that it rejects with. */
  readonly ended: Promise<void>;
  /**
   * Lets the worker finish what it has in hand; two minutes at most.
   *
   * @throws WorkerBroken, or the fault that the worker has ended with, also when it had that before.
   */
  stop(): Promise<void>;
}

/** What the native half tells at INFO is of use to nobody but its authors. */
const NATIVE_LEVEL = { TRACE: 'TRACE', DEBUG: 'DEBUG', INFO: 'WARN', WARN: 'WARN', ERROR: 'ERROR' } as const;

/** Must be called once, before anything of the SDK's worker is touched; signals are handled by the commands. */
export function installRuntime(logLevel: LogLevel): void {
  Runtime.install({
    logger: new WorkerLog(logLevel),
    // The native half writes to standard output otherwise, into the midst of a result.
    telemetryOptions: { logging: { filter: { core: NATIVE_LEVEL[logLevel], other: 'ERROR' }, forward: {} } },
    shutdownSignals: [],
  });
}

/** Says into the worker's log what a look at a connection has shown. */
export function tellOfLook(report: ConnectionReport): void {
  tellOfStart(tellWorkerLog, report);
}

/** @throws TemporalUnreachable, TemporalRefused, NoSuchNamespace, SettingsError. */
export async function startWorker({ temporal, taskQueue, connections }: WorkerWanted): Promise<RunningWorker> {
  const connection = await connect(temporal);
  try {
    const worker = await createWorker({ connection, namespace: temporal.namespace, taskQueue, connections });
    const ended = watchedRun(worker);
    // Whoever awaits `ended` hears of a fault; until then it must not end the process.
    ended.catch(() => undefined);
    const stop = async (): Promise<void> => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await connection.close();
    };
    return { ended, stop };
  } catch (error) {
    const known = await namespaceProblem(connection, temporal);
    await connection.close();
    throw known ?? error;
  }
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
