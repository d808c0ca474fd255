import { getHeapStatistics } from 'node:v8';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from './activities/create-activities.js';
import { DEFAULT_TASK_QUEUE } from './job/input.js';
import { Cached } from './keboola/cached.js';
import type { ConnectionSettings } from './keboola/connection.js';
import { Connections } from './keboola/connections.js';
import { GRPC, grpcCause } from './temporal/grpc-cause.js';
import { missingSearchAttributes, registerSearchAttributes } from './temporal/search-attributes.js';
import { workflowCode } from './workflow-code.js';

export interface KeboolaWorkerOptions {
  /** An open connection to Temporal; it stays the caller's to close. */
  connection: NativeConnection;
  namespace?: string;
  /** Default `keboola`. */
  taskQueue?: string;
  /** The Keboola projects that jobs may run in, by name. */
  connections: readonly ConnectionSettings[];
  /** Lets plain values under a `#key` pass into Keboola, and into history. Default false. */
  allowPlainSecrets?: boolean;
  /** Anything else that a Temporal worker takes; it wins over our own choices. */
  worker?: Partial<WorkerOptions>;
}

/** An answer to a creating POST may take 90 s, and a worker that stops must wait for it. */
const SHUTDOWN_GRACE_TIME = '100s';
/** After a crash the next worker gets a cached workflow's task this much later. */
const STICKY_TIMEOUT = '2s';
const PROBE_LIFETIME_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * A worker that runs Keboola jobs. `run()` ends after SIGINT or SIGTERM, once its activities are through; then the jobs
 * go on in Keboola and their workflows with the next worker.
 *
 * @throws SettingsError for a connection that cannot be used.
 */
export async function createWorker(options: KeboolaWorkerOptions): Promise<Worker> {
  const { connection, namespace = 'default', taskQueue = DEFAULT_TASK_QUEUE } = options;
  const client = new Client({ connection, namespace });
  const registered = new Cached(() => searchAttributesReady(client), PROBE_LIFETIME_MS);
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    ...workflowCode(options.worker),
    activities: createActivities({
      connections: new Connections(options.connections),
      searchAttributesRegistered: () => registered.get(),
      allowPlainSecrets: options.allowPlainSecrets ?? false,
    }),
    shutdownGraceTime: SHUTDOWN_GRACE_TIME,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    maxCachedWorkflows: cachedWorkflowsMax(),
    ...options.worker,
  });
}

/** A waiting job may cost a quarter of a MiB; half of the heap is left for the rest. */
function cachedWorkflowsMax(): number {
  return Math.max(100, Math.floor(((getHeapStatistics().heap_size_limit / MIB) * 4) / 2));
}

/** Registers the search attributes where the worker may; where it may not, workflows go on without them. */
async function searchAttributesReady(client: Client): Promise<boolean> {
  try {
    if ((await missingSearchAttributes(client)).length === 0) return true;
    // A refusal is an answer; whether it was one shows in what is missing afterwards.
    await registerSearchAttributes(client).catch(() => undefined);
    return (await missingSearchAttributes(client)).length === 0;
  } catch (error) {
    // A server without visibility, or no right to ask: that is how it is. Anything else is a blip, and asked again.
    const code = grpcCause(error)?.code;
    if (code === GRPC.unimplemented || code === GRPC.permissionDenied) return false;
    throw error;
  }
}
