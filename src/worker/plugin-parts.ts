import type { Worker } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.js';
import type { FilesPlace } from '../activities/deps.js';
import { SettingsError } from '../input/settings-error.js';
import { TRACES_MARK } from '../job/tracing/told-to-traces.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import { Connections } from '../keboola/connections.js';
import type { HealthNews } from '../keboola/http/connection-health.js';
import { unheardProxy } from '../keboola/http/proxy/proxies.js';
import { readFilesPlace, readProxySettings, readSettings } from '../settings.js';
import { BadConnections } from './bad-connections.js';
import { WorkerMetrics } from './metrics/worker-metrics.js';
import { searchAttributesProbe, type SearchAttributesProbe } from './search-attributes-ready.js';
import { tellOfHealth } from './tell-connections.js';
import { tellWorkerLog } from './tell.js';
import type { WorkerTracing } from './tracing/worker-tracing.js';

export interface KeboolaPluginOptions {
  /**
   * The Keboola projects that jobs may run in, by name. Default: from the environment, as `keboola-temporal worker`.
   */
  connections?: readonly ConnectionSettings[];
  /** Lets plain values under a `#key` pass into Keboola, and into history. Default false. */
  allowPlainSecrets?: boolean;
  /** Where on the worker's side imports may read and exports may write. Default: as `KEBOOLA_FILES_DIR` says. */
  files?: FilesPlace;
  /** Called when a connection becomes unhealthy, and when it has recovered; both are logged in any case. */
  onHealth?: (connection: string, news: HealthNews) => void;
  /** Makes spans of what the worker does, see `traceRequests`. Default: no spans. */
  tracing?: WorkerTracing;
}

/** What all workers of one plugin share. */
export interface PluginParts {
  activities: Record<string, unknown>;
  /** The metrics of the workers. */
  metrics: WorkerMetrics;
  steps: WorkerTracing['steps'];
  /** The connections of which metrics tell. */
  counted: Parameters<WorkerMetrics['begin']>[0];
  /** The slots of the smallest of the workers, since an activity cannot tell them apart. */
  slots: { min: number };
  /** What to say if the environment names a proxy that is not used. */
  unheardProxy: string | undefined;
  probe: SearchAttributesProbe;
  /** The workers that run. */
  workers: Set<Worker>;
  bad: BadConnections;
}

/** @throws SettingsError if a connection cannot be used, or if there is none. */
export function partsOf({
  connections = fromEnvironment(),
  allowPlainSecrets = false,
  files = readFilesPlace(),
  onHealth,
  tracing,
}: KeboolaPluginOptions): PluginParts {
  const metrics = new WorkerMetrics();
  const bad = new BadConnections(() => known);
  const log = tellOfHealth(tellWorkerLog);
  const tell: typeof log = (connection, news) => {
    log(connection, news);
    bad.heard(connection.name, news);
    metrics.connection(connection.name, news.kind === 'well' ? undefined : news.kind);
    onHealth?.(connection.name, news);
  };
  const proxy = readProxySettings();
  const known = new Connections(connections, { tell, proxy, tally: tracing?.requests(metrics) ?? metrics });
  const probe = searchAttributesProbe(tellWorkerLog);
  const workers = new Set<Worker>();
  const slots = { min: Infinity };
  const activities = {
    ...(tracing?.steps && { [TRACES_MARK]: () => Promise.resolve() }),
    ...createActivities({
      connections: known,
      searchAttributesRegistered: probe.areReady,
      isStopping: (taskQueue) => isStopping(workers, taskQueue),
      activitySlots: () => slots.min,
      tellWatcher: (connection, state) => metrics.watcher(connection, state),
      allowPlainSecrets,
      files,
    }),
  };
  const counted = known.all().map(({ connection: { name, isWatched } }) => ({ name, isWatched }));
  const steps = tracing?.steps;
  return { activities, metrics, steps, counted, slots, unheardProxy: unheardProxy(proxy), probe, workers, bad };
}

function fromEnvironment(): ConnectionSettings[] {
  const { connections } = readSettings();
  if (connections.length > 0) return connections;
  throw new SettingsError('No Keboola project: set KBC_URL and KBC_TOKEN, or give KeboolaPlugin its connections.');
}

/** Whether one of the workers of this task queue is stopping: an activity cannot tell workers of one queue apart. */
function isStopping(workers: ReadonlySet<Worker>, taskQueue: string): boolean {
  const own = [...workers].filter(({ options }) => options.taskQueue === taskQueue);
  return own.length === 0 || own.some((worker) => worker.getState() !== 'RUNNING');
}
