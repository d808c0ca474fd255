/** Entry point `keboola-temporal`: the client, the worker, and the plugin for workers of your own. */
export * from './client/index.js';
export { createWorker, type KeboolaWorkerOptions } from './worker.js';
export { KeboolaPlugin } from './worker/keboola-plugin.js';
export type { KeboolaPluginOptions } from './worker/plugin-parts.js';
export { traceRequests, type WorkerTracing } from './worker/tracing/worker-tracing.js';
export { payloadKeysFromEnvironment } from './settings.js';
export type { ConnectionSettings } from './keboola/connection/connection.js';
