import type { Client } from '@temporalio/client';
import { ask, type OnObstacle } from './client/ask.js';
import { AlreadyRunningError, InvalidInputError, NoSuchJobError } from './client/errors.js';
import { logsOf } from './client/find-logs.js';
import { JobHandle } from './client/handles/job-handle.js';
import { findByJobId, isJobId, listJobs, type JobRow, type ListOptions } from './client/list-jobs.js';
import { PipelineHandle } from './client/handles/pipeline-handle.js';
import type {
  KeboolaClientOptions,
  StartedJob,
  StartedPipeline,
  StartOptions,
  StartPipelineOptions,
} from './client/start-options.js';
import { StorageClient } from './client/storage-client.js';
import { attach, start, type Started, type StartRequest } from './client/start-workflow.js';
import {
  asyncActionWorkflowId,
  pipelineWorkflowIdFor,
  randomKey,
  waitWorkflowIdFor,
  workflowIdFor,
} from './client/workflow-id.js';
import { readWorkflowTree, type WorkflowTree } from './client/workflow-tree.js';
import type { RunAsyncActionInput } from './job/async-action.js';
import { DEFAULT_TASK_QUEUE, type RunJobInput } from './job/input.js';
import type { PipelineInput } from './job/pipeline/input.js';
import type { PipelineResult } from './job/pipeline/result.js';
import type {
  CallActionInput,
  ComponentList,
  DescribeWorkerInput,
  JobLogs,
  ListComponentsInput,
  QuestionName,
  Questions,
  ReadLogsInput,
  ResolveConfigurationInput,
  Statistics,
  StatisticsInput,
  WorkerDescription,
} from './job/questions.js';
import type { JobResult } from './job/result.js';
import type { WaitForJobInput } from './job/wait-input.js';
import { checkRunAsyncActionInput, checkRunJobInput, checkWaitForJobInput } from './input/check-input.js';
import type { InputRules } from './input/input-problem.js';
import { checkPipelineInput } from './input/pipeline/check-pipeline.js';

/** Starts and finds Keboola jobs through Temporal. It needs no Keboola token: only workers do. */
export class KeboolaClient {
  /** Calls of Storage, imports and exports. */
  readonly storage: StorageClient;
  private readonly client: Client;
  private readonly taskQueue: string;
  private readonly rules: InputRules;
  private readonly onObstacle: OnObstacle | undefined;

  constructor(options: KeboolaClientOptions) {
    this.client = options.client;
    this.taskQueue = options.taskQueue ?? DEFAULT_TASK_QUEUE;
    this.rules = { allowPlainSecrets: options.allowPlainSecrets ?? false };
    this.onObstacle = options.onObstacle;
    this.storage = new StorageClient(this.client, this.taskQueue, this.rules);
  }

  /**
   * Starts a job, or attaches to the run of the same configuration that is under way.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async start(input: RunJobInput, options: StartOptions = {}): Promise<StartedJob> {
    const check = checkRunJobInput(input, this.rules);
    if (!check.ok) throw new InvalidInputError(check.problems);
    const { component, config = 'inline configuration' } = check.value;
    const wish = { workflowType: 'runJob', input: check.value, summary: `${component} / ${config}` };
    const workflowId = workflowIdFor(check.value, options.key);
    const started = await this.tryStart(workflowId, wish);
    if (started) return this.jobOf(workflowId, started);
    if (options.ifRunning === 'fail') throw new AlreadyRunningError(workflowId);
    if (options.ifRunning !== 'queue') return this.jobOf(workflowId, await attach(this.client, workflowId, wish));
    const queuedId = workflowIdFor(check.value, randomKey());
    const queued = await this.tryStart(queuedId, wish);
    if (!queued) throw new AlreadyRunningError(workflowId);
    return this.jobOf(queuedId, queued);
  }

  /** Starts a job and waits for its end. @throws what `start` and `JobHandle.result` throw. */
  async run(input: RunJobInput, options: StartOptions = {}): Promise<JobResult> {
    const { handle } = await this.start(input, options);
    return await handle.result();
  }

  /**
   * Waits in a workflow for a job that was started elsewhere; one workflow per job, however often it is asked for.
   *
   * @throws InvalidInputError before anything is sent.
   */
  async attach(input: WaitForJobInput): Promise<StartedJob> {
    const check = checkWaitForJobInput(input);
    if (!check.ok) throw new InvalidInputError(check.problems);
    const { connection, jobId } = check.value;
    const wish = { workflowType: 'waitForJob', input: check.value, summary: `job ${jobId}` };
    const workflowId = waitWorkflowIdFor(connection, jobId);
    const started = (await this.tryStart(workflowId, wish)) ?? (await attach(this.client, workflowId, wish));
    return this.jobOf(workflowId, started);
  }

  /**
   * Starts a call of a component's own that makes a job. Each is one of its own, unless a key is given: then one that
   * runs under it is attached to, if it was started with the same input.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError.
   */
  async startAsyncAction(input: RunAsyncActionInput, options: Pick<StartOptions, 'key'> = {}): Promise<StartedJob> {
    const check = checkRunAsyncActionInput(input, this.rules);
    if (!check.ok) throw new InvalidInputError(check.problems);
    const wish = { workflowType: 'runAsyncAction', input: check.value, summary: `${input.method} ${input.path}` };
    const workflowId = asyncActionWorkflowId(check.value, options.key);
    const started = (await this.tryStart(workflowId, wish)) ?? (await attach(this.client, workflowId, wish));
    return this.jobOf(workflowId, started);
  }

  /** Makes such a call and waits for the end of its job. @throws what `startAsyncAction` and `JobHandle.result` throw. */
  async runAsyncAction(input: RunAsyncActionInput, options: Pick<StartOptions, 'key'> = {}): Promise<JobResult> {
    const { handle } = await this.startAsyncAction(input, options);
    return await handle.result();
  }

  /**
   * Starts a pipeline, or attaches to the run of the same name that is under way.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async startPipeline(input: PipelineInput, options: StartPipelineOptions = {}): Promise<StartedPipeline> {
    const check = checkPipelineInput(input, this.rules);
    if (!check.ok) throw new InvalidInputError(check.problems);
    const { name } = check.value;
    const wish = { workflowType: 'runPipeline', input: check.value, summary: `pipeline ${name}` };
    const workflowId = pipelineWorkflowIdFor(name, options.key);
    const fresh = await this.tryStart(workflowId, wish);
    if (!fresh && options.ifRunning === 'fail') throw new AlreadyRunningError(workflowId);
    const { runId, ...how } = fresh ?? (await attach(this.client, workflowId, wish));
    return { handle: this.pipeline(workflowId, runId), ...how };
  }

  /** Starts a pipeline and waits for its end. @throws what `startPipeline` and `PipelineHandle.result` throw. */
  async runPipeline(input: PipelineInput, options: StartPipelineOptions = {}): Promise<PipelineResult> {
    const { handle } = await this.startPipeline(input, options);
    return await handle.result();
  }

  /** A pipeline by its workflow id; nothing is asked of the server yet. */
  pipeline(workflowId: string, runId?: string): PipelineHandle {
    return new PipelineHandle(this.client, workflowId, runId);
  }

  /** By workflow id; nothing is asked of the server yet. */
  handle(workflowId: string, runId?: string): JobHandle {
    return new JobHandle(this.client, workflowId, runId);
  }

  /** By workflow id or by Keboola's job id. @throws NoSuchJobError. */
  async find(id: string): Promise<JobHandle> {
    if (isJobId(id)) {
      const row = await findByJobId(this.client, id);
      if (row) return this.handle(row.workflowId, row.runId);
    }
    const handle = this.handle(id);
    if ((await handle.isRunning()) !== undefined) return handle;
    const what = isJobId(id) ? `job ${id}, and none of that id,` : `id "${id}"`;
    throw new NoSuchJobError(`No workflow of ${what} is known to namespace ${this.client.options.namespace}.`);
  }

  async list(options: ListOptions = {}): Promise<JobRow[]> {
    return await listJobs(this.client, options);
  }

  /**
   * The workflows below one, running or past: a pipeline and its tasks, a job and those that Keboola has spawned below it.
   *
   * @param id workflow id, or Keboola's job id.
   * @throws NoSuchJobError.
   */
  async tree(id: string): Promise<WorkflowTree> {
    const { workflowId, runId } = await this.find(id);
    return await readWorkflowTree(this.client, workflowId, runId);
  }

  /** The components that have a configuration in the project. @throws what `callAction` throws. */
  async components(input: ListComponentsInput = {}): Promise<ComponentList> {
    return await this.ask('listComponents', input);
  }

  /**
   * Calls a synchronous action of a component and waits for its answer.
   *
   * @throws InvalidInputError before anything is sent; JobFailedError with a type of the closed list; NoWorkerError.
   */
  async callAction(input: CallActionInput): Promise<unknown> {
    return await this.ask('callAction', input);
  }

  /** What the worker serves that takes up the question. @throws what `callAction` throws. */
  async describeWorker(input: DescribeWorkerInput = {}): Promise<WorkerDescription> {
    return await this.ask('describeWorker', input);
  }

  /** For how long the jobs of a project have worked. @throws what `callAction` throws. */
  async statistics(input: StatisticsInput = {}): Promise<Statistics> {
    return await this.ask('readStatistics', input);
  }

  /** A stored configuration with its variables filled in. @throws what `callAction` throws. */
  async resolveConfiguration(input: ResolveConfigurationInput): Promise<unknown> {
    return await this.ask('resolveConfiguration', input);
  }

  /**
   * What is told of a job, by its workflow id or by Keboola's job id: its message and the latest events.
   *
   * @throws NoSuchJobError; what `callAction` throws.
   */
  async logs(id: string, options: Omit<ReadLogsInput, 'jobId'> = {}): Promise<JobLogs> {
    return await this.ask('readLogs', { ...(await this.whoseLogs(id, options.connection)), ...options });
  }

  /** A job that no workflow knows is looked for in the project that was named, else in the default one. */
  private async whoseLogs(id: string, connection: string | undefined): Promise<ReadLogsInput> {
    if (!isJobId(id)) return await logsOf(await this.find(id));
    const row = connection === undefined ? await findByJobId(this.client, id) : undefined;
    return { ...(row && (await logsOf(this.handle(row.workflowId, row.runId)))), jobId: id };
  }

  private ask<Name extends QuestionName>(
    name: Name,
    input: Questions[Name]['input'],
  ): Promise<Questions[Name]['answer']> {
    const { client, taskQueue, rules, onObstacle } = this;
    return ask({ client, taskQueue, rules, onObstacle }, name, input);
  }

  private tryStart(workflowId: string, wish: StartRequest): Promise<Started | undefined> {
    return start(this.client, this.taskQueue, workflowId, wish);
  }

  private jobOf(workflowId: string, { runId, ...how }: Started): StartedJob {
    return { handle: this.handle(workflowId, runId), ...how };
  }
}
