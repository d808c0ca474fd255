import { msToNumber } from '@temporalio/common/lib/time.js';
import { SimplePlugin } from '@temporalio/plugin';
import type { BundleOptions, Worker, WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.js';
import type { FilesPlace } from '../activities/deps.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import { Connections } from '../keboola/connections.js';
import type { HealthNews } from '../keboola/http/connection-health.js';
import { unheardProxy } from '../keboola/http/proxy/proxies.js';
import { SettingsError } from '../input/settings-error.js';
import { readFilesPlace, readProxySettings, readSettings } from '../settings.js';
import { assertBundleEncrypts } from './bundle-encrypts.js';
import { activitySlots } from './activity-slots.js';
import { BadConnections } from './bad-connections.js';
import { WorkerMetrics } from './metrics/worker-metrics.js';
import { searchAttributesProbe, type SearchAttributesProbe } from './search-attributes-ready.js';
import { tellOfHealth } from './tell-connections.js';
import { tellWorkerLog } from './tell.js';
import { PASSED_ON_MS } from '../job/times/heartbeats.js';
import { TRACES_MARK } from '../job/tracing/told-to-traces.js';
import type { WorkerTracing } from './tracing/worker-tracing.js';
import { isolateTimeoutOf } from './isolate-timeout.js';
import { patchActivationOf } from './patch-activation.js';
import { mendConverterOf } from './well-formed-worker.js';
import { FORCED_AFTER_MS, FORCE_MS_MIN, GRACE_MS_DEFAULT, WORKFLOW_TASKS_DEFAULT } from './worker-defaults.js';
import { interceptorsPath, workflowsPath } from './workflow-code.js';

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

/**
 * Adds the Keboola activities to a worker of your own, beside your own activities:
 * `Worker.create({ plugins: [new KeboolaPlugin()], … })`. The workflows need a line in your workflows file, because a
 * worker has only one such file, and a plugin could only replace it: `export * from 'keboola-temporal/workflows'`.
 *
 * Workers that share a plugin share the request budget of each connection.
 */
export class KeboolaPlugin extends SimplePlugin {
  /** The metrics of its workers. */
  private readonly metrics: WorkerMetrics;
  private readonly unheardProxy: string | undefined;
  private readonly probe: SearchAttributesProbe;
  private readonly workers: Set<Worker>;
  private readonly bad: BadConnections;
  /** The slots of the smallest of its workers, since an activity cannot tell them apart. */
  private readonly slots: { min: number };
  private readonly steps: WorkerTracing['steps'];
  private readonly counted: Parameters<WorkerMetrics['begin']>[0];

  /** @throws SettingsError if a connection cannot be used, or if there is none. */
  constructor({
    connections = fromEnvironment(),
    allowPlainSecrets = false,
    files = readFilesPlace(),
    onHealth,
    tracing,
  }: KeboolaPluginOptions = {}) {
    const probe = searchAttributesProbe(tellWorkerLog);
    const log = tellOfHealth(tellWorkerLog);
    const metrics = new WorkerMetrics();
    const bad = new BadConnections(() => known);
    const tell: typeof log = (connection, news) => {
      log(connection, news);
      bad.heard(connection.name, news);
      metrics.connection(connection.name, news.kind === 'well' ? undefined : news.kind);
      onHealth?.(connection.name, news);
    };
    const workers = new Set<Worker>();
    const slots = { min: Infinity };
    const tally = tracing?.requests(metrics) ?? metrics;
    const proxy = readProxySettings();
    const known = new Connections(connections, { tell, proxy, tally });
    super({
      name: 'keboola-temporal',
      activities: {
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
      },
    });
    this.metrics = metrics;
    this.steps = tracing?.steps;
    this.counted = known.all().map(({ connection: { name, isWatched } }) => ({ name, isWatched }));
    this.unheardProxy = unheardProxy(proxy);
    this.probe = probe;
    this.workers = workers;
    this.bad = bad;
    this.slots = slots;
  }

  /**
   * @throws TypeError if an activity of the worker has the name of one of ours, which would silently replace it, and
   * for a bundle whose workflows would write their failures in plain text.
   */
  override configureWorker(options: WorkerOptions): WorkerOptions {
    const configured = super.configureWorker(options);
    assertBundleEncrypts(options);
    const taken = replaced(options.activities ?? {}, configured.activities ?? {});
    if (taken.length > 0) {
      throw new TypeError(`These activities have names that keboola-temporal needs; rename yours: ${taken.join(', ')}`);
    }
    this.slots.min = Math.min(this.slots.min, activitySlots(options));
    this.metrics.begin(this.counted);
    const sinks = { ...options.sinks, ...this.metrics.sinks(), ...this.steps?.sinks };
    const times = { ...shutdownOf(options), ...heartbeatsOf(options), ...isolateTimeoutOf(options) };
    return { ...this.traced(configured), sinks, ...slotsOf(options), ...times, ...patchActivationOf(options) };
  }

  /** Outermost, so that the span of an activity includes all other interceptors around it. */
  private traced(configured: WorkerOptions): WorkerOptions {
    if (!this.steps) return configured;
    const { activity = [], ...others } = configured.interceptors ?? {};
    return { ...configured, interceptors: { ...others, activity: [this.steps.activity, ...activity] } };
  }

  /**
   * Puts the interceptors that let hostile texts pass around all workflows of the bundle, outermost.
   *
   * Loads our modules once per thread of the worker instead of once per workflow: they keep no state. A waiting job
   * costs 240 kB of memory instead of 370 (`npm run bench:memory`).
   */
  override configureBundler(options: BundleOptions): BundleOptions {
    const configured = super.configureBundler(options);
    const { preloadModules = [], workflowInterceptorModules = [] } = configured;
    const interceptors = interceptorsPath();
    return {
      ...configured,
      preloadModules: [...preloadModules, workflowsPath(), interceptors],
      workflowInterceptorModules: [interceptors, ...workflowInterceptorModules],
    };
  }

  /**
   * Makes what the worker reports outside of its workflows well-formed, too, and passes on what it cannot decode. Logs
   * missing search attributes at once, not only with the first job that does not show in them.
   */
  override async runWorker(worker: Worker, next: (worker: Worker) => Promise<void>): Promise<void> {
    mendConverterOf(worker);
    if (this.unheardProxy !== undefined) tellWorkerLog('WARN', this.unheardProxy);
    // If the server cannot be asked now, the first job asks again.
    if (worker.client) void this.probe.faults(worker.client).catch(() => undefined);
    this.workers.add(worker);
    this.bad.begin();
    try {
      await super.runWorker(worker, next);
    } finally {
      this.workers.delete(worker);
      if (this.workers.size === 0) this.bad.end();
    }
  }
}

/** A tuner of the author's own decides by itself; the SDK takes no such number beside it. */
function slotsOf({
  tuner,
  maxConcurrentWorkflowTaskExecutions = WORKFLOW_TASKS_DEFAULT,
}: WorkerOptions): Partial<WorkerOptions> {
  return tuner ? {} : { maxConcurrentWorkflowTaskExecutions };
}

/** A broken worker is ended by force, whatever grace its author sets, but never before that has passed. */
function shutdownOf({
  shutdownGraceTime = GRACE_MS_DEFAULT,
  shutdownForceTime = Math.max(FORCE_MS_MIN, msToNumber(shutdownGraceTime) + FORCED_AFTER_MS),
}: WorkerOptions): Partial<WorkerOptions> {
  return { shutdownGraceTime, shutdownForceTime };
}

function heartbeatsOf({ maxHeartbeatThrottleInterval = PASSED_ON_MS }: WorkerOptions): Partial<WorkerOptions> {
  return { maxHeartbeatThrottleInterval };
}

/** Whether one of the workers of this task queue is stopping: an activity cannot tell workers of one queue apart. */
function isStopping(workers: ReadonlySet<Worker>, taskQueue: string): boolean {
  const own = [...workers].filter(({ options }) => options.taskQueue === taskQueue);
  return own.length === 0 || own.some((worker) => worker.getState() !== 'RUNNING');
}

function fromEnvironment(): ConnectionSettings[] {
  const { connections } = readSettings();
  if (connections.length > 0) return connections;
  throw new SettingsError('No Keboola project: set KBC_URL and KBC_TOKEN, or give KeboolaPlugin its connections.');
}

/** The same plugin may come twice, by the worker and by its connection; its activities then replace themselves. */
function replaced(before: object, after: object): string[] {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.entries(before).flatMap(([name, activity]) => (now.get(name) === activity ? [] : [name]));
}
