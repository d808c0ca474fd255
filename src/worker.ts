import { getHeapStatistics } from 'node:v8';
import type { NativeConnection } from '@temporalio/worker';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { DEFAULT_TASK_QUEUE } from './job/input.js';
import type { ConnectionSettings } from './keboola/connection/connection.js';
import type { FilesPlace } from './activities/deps.js';
import type { HealthNews } from './keboola/http/connection-health.js';
import { KeboolaPlugin } from './worker/keboola-plugin.js';
import type { KeboolaPluginOptions } from './worker/plugin-parts.js';
import type { WorkerTracing } from './worker/tracing/worker-tracing.js';
import { workflowCode } from './worker/workflow-code.js';

export interface KeboolaWorkerOptions {
  /** An open connection to Temporal; closing it is up to the caller. */
  connection: NativeConnection;
  namespace?: string;
  /** Default `keboola`. */
  taskQueue?: string;
  /** The Keboola projects that jobs may run in, by name. */
  connections: readonly ConnectionSettings[];
  /** Lets plain values under a `#key` pass into Keboola, and into history. Default false. */
  allowPlainSecrets?: boolean;
  /** Where on the worker's side imports may read and exports may write. Default: as `KEBOOLA_FILES_DIR` says. */
  files?: FilesPlace;
  /** Called when a connection becomes unhealthy, and when it has recovered. */
  onHealth?: (connection: string, news: HealthNews) => void;
  /** Makes spans of what the worker does. Default: no spans. */
  tracing?: WorkerTracing;
  /** Any other options of a Temporal worker. They win over ours; activities and plugins are added to ours. */
  worker?: Partial<WorkerOptions>;
}

/** After a worker's crash, the workflow tasks of its cached workflows go to another worker this much later. */
const STICKY_TIMEOUT = '2s';
const MIB = 1024 * 1024;
/** A waiting job takes up to 0.25 MiB of memory (`npm run bench:memory`). */
const JOBS_PER_MIB = 4;
/** The rest of the heap is for everything else. */
const SHARE_OF_HEAP = 0.5;
const CACHED_WORKFLOWS_MIN = 100;

/**
 * Creates a worker that runs Keboola jobs. `run()` ends after SIGINT or SIGTERM, once its activities have finished; the
 * jobs then go on in Keboola, and their workflows with the next worker.
 *
 * @throws SettingsError for a connection that cannot be used.
 */
export async function createWorker(options: KeboolaWorkerOptions): Promise<Worker> {
  const { connection, namespace = 'default', taskQueue = DEFAULT_TASK_QUEUE } = options;
  const { plugins = [], ...own } = options.worker ?? {};
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    ...workflowCode(options.worker),
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    maxCachedWorkflows: cachedWorkflowsMax(),
    ...own,
    plugins: [new KeboolaPlugin(pluginOptions(options)), ...plugins],
  });
}

function pluginOptions({
  connections,
  allowPlainSecrets = false,
  files,
  onHealth,
  tracing,
}: KeboolaWorkerOptions): KeboolaPluginOptions {
  return {
    connections,
    allowPlainSecrets,
    ...(files && { files }),
    ...(onHealth && { onHealth }),
    ...(tracing && { tracing }),
  };
}

function cachedWorkflowsMax(): number {
  const heapMib = getHeapStatistics().heap_size_limit / MIB;
  return Math.max(CACHED_WORKFLOWS_MIN, Math.floor(heapMib * SHARE_OF_HEAP * JOBS_PER_MIB));
}
