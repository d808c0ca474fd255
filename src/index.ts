/** Entry point `keboola-temporal`: the client, the worker, and the plugin for workers of your own. */
export { KeboolaClient } from './client.js';
export type {
  KeboolaClientOptions,
  StartedJob,
  StartedPipeline,
  StartOptions,
  StartPipelineOptions,
} from './client/start-options.js';
export {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
  NoSuchJobError,
  NoWorkerError,
  PipelineCanceledError,
  PipelineFailedError,
} from './client/errors.js';
export type { JobHandle } from './client/job-handle.js';
export type { StartedStorage, StartStorageOptions, StorageClient } from './client/storage-client.js';
export type { PipelineHandle } from './client/pipeline-handle.js';
export type { JobRow, ListOptions } from './client/list-jobs.js';
export type { WorkflowTree } from './client/workflow-tree.js';
export { createWorker, type KeboolaWorkerOptions } from './worker.js';
export { KeboolaPlugin, type KeboolaPluginOptions } from './worker/keboola-plugin.js';
export type { FailureType } from './job/failure-types.js';
export type { ActionAnswer } from './job/action-outcome.js';
export type { AsyncCall, RunAsyncActionInput } from './job/async-action.js';
export type { RunJobInput } from './job/input.js';
export type { PipelineInput, PipelineJob, RetryReason, TaskInput } from './job/pipeline/input.js';
export type { PipelineResult, TaskError, TaskResult } from './job/pipeline/result.js';
export type { PipelineView, TaskView } from './job/pipeline/view.js';
export type { ExportTableInput, ImportTableInput, RunStorageJobInput } from './job/storage/input.js';
export type { ExportTableResult, ImportTableResult, StorageJobResult } from './job/storage/result.js';
export type { JobView } from './job/job-view.js';
export type { JobSnapshot, CreatedAnswer } from './job/messages.js';
export type {
  CallActionInput,
  ComponentEntry,
  ComponentList,
  ConfigurationEntry,
  ConnectionReport,
  DescribeWorkerInput,
  JobLogs,
  ListComponentsInput,
  LogLine,
  ReadLogsInput,
  ResolveConfigurationInput,
  Statistics,
  StatisticsInput,
  WorkerDescription,
} from './job/questions.js';
export type { JobOutcome, JobResult } from './job/result.js';
export type { ConnectionSettings } from './keboola/connection.js';
export type { InputProblem } from './keboola/input-problem.js';
