/**
 * Entry point `keboola-temporal/client`: starts, follows and stops jobs. It loads neither the SDK's worker nor its
 * native module, which would be too large for a web server or a cloud function.
 */
export { encryptedDataConverter, failureConverterPath } from '../temporal/encryption/encrypted-data-converter.js';
export { EncryptionCodec } from '../temporal/encryption/encryption-codec.js';
export { PayloadKeyError } from '../temporal/encryption/payload-key-error.js';
export { payloadKey, PayloadKeys, type PayloadKey } from '../temporal/encryption/payload-keys.js';
export { readPayloadKeys, readPayloadKeysFile } from '../temporal/encryption/read-keys.js';
export { KeboolaClient, type KeboolaClientOptions, type StartedJob, type StartedPipeline } from '../client.js';
export { tracingInterceptor } from './tracing-interceptor.js';
export type { Started, StartOptions } from './start-workflow.js';
export {
  AlreadyRunningError,
  ContinuesAsNewError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
  NoSuchJobError,
  NoWorkerError,
  PipelineCanceledError,
  PipelineFailedError,
  UnknownProjectError,
  WorkflowStalledError,
} from './errors.js';
export type { JobHandle } from './handles/job-handle.js';
export type { StartedStorage, StorageClient } from './storage-client.js';
export type { AnyHandle } from './handles/open-workflow.js';
export type { PipelineHandle } from './handles/pipeline-handle.js';
export type { HeardWorkers } from './hear-workers.js';
export type { JobFilter } from './job-filter.js';
export type { JobPage, JobRow, ListOptions } from './list-jobs.js';
export type { WorkflowTree } from './workflow-tree.js';
export type { FailureType } from '../job/failure/failure-types.js';
export type { ActionAnswer } from '../job/action-outcome.js';
export type { AsyncCall, RunAsyncActionInput } from '../job/async-action.js';
export type { RunJobInput } from '../job/input.js';
export type { PipelineInput, PipelineJob, RetryReason, TaskInput } from '../job/pipeline/input.js';
export type { PipelineResult, TaskError, TaskResult } from '../job/pipeline/result.js';
export type { PipelineView, TaskView } from '../job/pipeline/view.js';
export type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../job/storage/input.js';
export type { ExportTableResult, ImportTableResult, StorageJobResult } from '../job/storage/result.js';
export type { FlowTaskEnd, JobDetails, JobView } from '../job/job-view.js';
export type { JobSnapshot, CreatedAnswer } from '../job/messages.js';
export type { MovedBytes, SeenJob } from './handles/moved.js';
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
  PlannedTask,
  ReadLogsInput,
  ReadRerunPlanInput,
  RerunPlan,
  ResolveConfigurationInput,
  Statistics,
  StatisticsInput,
  WorkerDescription,
} from '../job/questions.js';
export type { JobOutcome, JobResult } from '../job/result.js';
export type { InputProblem } from '../input/input-problem.js';
