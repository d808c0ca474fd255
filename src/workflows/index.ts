/** Entry point `keboola-temporal/workflows`: re-export it from your own workflows file, or let our worker run it. */
export { claimJob } from './create/claim-job.js';
export { runAsyncAction } from './run-async-action.js';
export { runJob } from './run-job.js';
export { runPipeline } from './run-pipeline.js';
export { waitForJob } from './wait-for-job.js';
export { watchProject } from './watch/watch-project.js';
export { stoppedByOther } from './stop/stopped-by-other.js';
export { callAction } from './questions/call-action.js';
export {
  describeWorker,
  listComponents,
  readLogs,
  readRerunPlan,
  readStatistics,
  resolveConfiguration,
} from './questions/questions.js';
export { exportTable } from './storage/export-table.js';
export { importTable } from './storage/import-table.js';
export { runStorageJob } from './storage/run-storage-job.js';
