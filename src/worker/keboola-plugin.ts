import { msToNumber } from '@temporalio/common/lib/time.js';
import { SimplePlugin } from '@temporalio/plugin';
import type { BundleOptions, Worker, WorkerOptions } from '@temporalio/worker';
import { assertBundleEncrypts } from './bundle-encrypts.js';
import { activitySlots } from './activity-slots.js';
import { tellWorkerLog } from './tell.js';
import { PASSED_ON_MS } from '../job/times/heartbeats.js';
import { isolateTimeoutOf } from './isolate-timeout.js';
import { partsOf, type KeboolaPluginOptions, type PluginParts } from './plugin-parts.js';
import { patchActivationOf } from './patch-activation.js';
import { mendConverterOf } from './well-formed-worker.js';
import { FORCED_AFTER_MS, FORCE_MS_MIN, GRACE_MS_DEFAULT, WORKFLOW_TASKS_DEFAULT } from './worker-defaults.js';
import { interceptorsPath, workflowsPath } from './workflow-code.js';

/**
 * Adds the Keboola activities to a worker of your own, beside your own activities:
 * `Worker.create({ plugins: [new KeboolaPlugin()], … })`. The workflows need a line in your workflows file, because a
 * worker has only one such file, and a plugin could only replace it: `export * from 'keboola-temporal/workflows'`.
 *
 * Workers that share a plugin share the request budget of each connection.
 */
export class KeboolaPlugin extends SimplePlugin {
  private readonly parts: PluginParts;

  /** @throws SettingsError if a connection cannot be used, or if there is none. */
  constructor(options: KeboolaPluginOptions = {}) {
    const parts = partsOf(options);
    super({ name: 'keboola-temporal', activities: parts.activities });
    this.parts = parts;
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
    const { counted, metrics, slots, steps } = this.parts;
    slots.min = Math.min(slots.min, activitySlots(options));
    metrics.begin(counted);
    const sinks = { ...options.sinks, ...metrics.sinks(), ...steps?.sinks };
    const times = { ...shutdownOf(options), ...heartbeatsOf(options), ...isolateTimeoutOf(options) };
    return { ...this.traced(configured), sinks, ...slotsOf(options), ...times, ...patchActivationOf(options) };
  }

  /** Outermost, so that the span of an activity includes all other interceptors around it. */
  private traced(configured: WorkerOptions): WorkerOptions {
    const { steps } = this.parts;
    if (!steps) return configured;
    const { activity = [], ...others } = configured.interceptors ?? {};
    return { ...configured, interceptors: { ...others, activity: [steps.activity, ...activity] } };
  }

  /**
   * Puts the interceptors that let hostile texts pass around all workflows of the bundle, outermost.
   *
   * Loads our modules once per thread of the worker instead of once per workflow: they keep no state. That
   * saves a third of the memory of a waiting job (`npm run bench:memory` measures it).
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
    const { bad, probe, unheardProxy, workers } = this.parts;
    mendConverterOf(worker);
    if (unheardProxy !== undefined) tellWorkerLog('WARN', unheardProxy);
    // If the server cannot be asked now, the first job asks again.
    if (worker.client) void probe.faults(worker.client).catch(() => undefined);
    workers.add(worker);
    bad.begin();
    try {
      await super.runWorker(worker, next);
    } finally {
      workers.delete(worker);
      if (workers.size === 0) bad.end();
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

/** The same plugin may come twice, by the worker and by its connection; its activities then replace themselves. */
function replaced(before: object, after: object): string[] {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.entries(before).flatMap(([name, activity]) => (now.get(name) === activity ? [] : [name]));
}
