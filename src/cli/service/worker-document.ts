import type { RunningWorker } from '../../operate/run-worker.js';
import type { Settings } from '../../settings.js';
import { runtimeWanted, type WorkerCommandOptions } from '../options/worker-options.js';
import type { Effective } from './effective-settings.js';

/** What `--json` prints for a running worker: where it is, and which settings are in force. */
export interface WorkerDocument {
  taskQueue: string;
  namespace: string;
  /** host:port of Temporal. */
  address: string;
  /** How Temporal shows the worker. */
  identity: string;
  settings: readonly Effective[];
  /** `http://HOST:PORT` of `/healthz` and `/readyz`; absent if there are no probes. */
  healthUrl?: string;
  /** The URL of `/metrics`; absent if no metrics are served. */
  metricsUrl?: string;
  /** The names of the keys; `encryptWith` is null if payloads are not encrypted. */
  payloadKeys: { encryptWith: string | null; ids: readonly string[] };
}

export function workerDocument(
  { taskQueue, temporal, payloadKeys }: Settings,
  options: WorkerCommandOptions,
  settings: readonly Effective[],
  { identity, healthUrl }: RunningWorker,
): WorkerDocument {
  const { address, namespace } = temporal;
  const { metricsAddress } = runtimeWanted(options);
  return {
    taskQueue,
    namespace,
    address,
    identity,
    settings,
    ...(healthUrl !== undefined && { healthUrl }),
    ...(metricsAddress !== undefined && { metricsUrl: `http://${metricsAddress}/metrics` }),
    payloadKeys: { encryptWith: payloadKeys.encryptWith?.id ?? null, ids: payloadKeys.ids },
  };
}
