import { NativeConnection, Runtime } from '@temporalio/worker';
import type { ConnectionSettings } from '../keboola/connection.js';
import type { TemporalSettings } from '../settings.js';
import { createWorker } from '../worker.js';
import { TemporalUnreachable } from './unreachable.js';
import { watchedRun } from './watched-run.js';
import { WorkerLog } from './worker-log.js';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface WorkerWanted {
  temporal: Pick<TemporalSettings, 'address' | 'namespace' | 'connectionOptions'>;
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

/** @throws TemporalUnreachable, SettingsError. */
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
    await connection.close();
    throw error;
  }
}

async function connect(temporal: WorkerWanted['temporal']): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(temporal.connectionOptions);
  } catch (error) {
    throw new TemporalUnreachable(temporal.address, error);
  }
}
