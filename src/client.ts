import type { Client } from '@temporalio/client';
import { askConnection, ConnectionProjects } from './client/ask-connection.js';
import type { OnObstacle } from './client/ask.js';
import { JobHandle } from './client/handles/job-handle.js';
import { openWorkflow, type AnyHandle } from './client/handles/open-workflow.js';
import { PipelineHandle } from './client/handles/pipeline-handle.js';
import { refuseOfPipelines, type JobFilter } from './client/job-filter.js';
import { listAllJobs, listJobs, type JobPage, type JobRow, type ListOptions } from './client/list-jobs.js';
import type { OfConnection } from './client/of-connection.js';
import { QuestionClient } from './client/question-client.js';
import { startOrAttach, type Started, type StartOptions } from './client/start-workflow.js';
import { StorageClient } from './client/storage-client.js';
import { valid } from './client/valid.js';
import {
  asyncActionWorkflowId,
  pipelineWorkflowIdFor,
  waitWorkflowIdFor,
  workflowIdFor,
} from './client/workflow-id.js';
import { readWorkflowTree, type WorkflowTree } from './client/workflow-tree.js';
import type { RunAsyncActionInput } from './job/async-action.js';
import { DEFAULT_TASK_QUEUE, type RunJobInput } from './job/input.js';
import type { PipelineInput } from './job/pipeline/input.js';
import type { PipelineResult } from './job/pipeline/result.js';
import type { JobResult } from './job/result.js';
import type { WaitForJobInput } from './job/wait/input.js';
import { checkRunAsyncActionInput, checkRunJobInput, checkWaitForJobInput } from './input/check-input.js';
import { checkPipelineInput } from './input/pipeline/check-pipeline.js';

export interface KeboolaClientOptions {
  client: Client;
  /** Default `keboola`. */
  taskQueue?: string;
  /** Lets plain values under a `#key` pass into history; a worker must allow them too. Default false. */
  allowPlainSecrets?: boolean;
  /** Called with the reason when a question takes long, for example that Keboola does not answer. */
  onObstacle?: OnObstacle;
  /**
   * Called with the reason when only a part of a connection's workflows can be found, since no worker could tell its
   * project; not with the same reason twice in a row. Default `onObstacle`.
   */
  onPartial?: OnObstacle;
}

/** A job's workflow, and whether it was started or attached to. */
export type StartedJob = Started<JobHandle>;

/** A pipeline's workflow, and whether it was started or attached to. */
export type StartedPipeline = Started<PipelineHandle>;

/** Starts and finds Keboola jobs through Temporal. It needs no Keboola token: only workers do. */
export class KeboolaClient extends QuestionClient {
  /** Calls of Storage, imports and exports. */
  readonly storage: StorageClient;
  private readonly projects: ConnectionProjects;

  constructor(options: KeboolaClientOptions) {
    const { client, taskQueue = DEFAULT_TASK_QUEUE, allowPlainSecrets = false, onObstacle } = options;
    super({ client, taskQueue, rules: { allowPlainSecrets }, onObstacle });
    const { onPartial = onObstacle } = options;
    this.projects = new ConnectionProjects((name) => askConnection(this.asking, name), onPartial);
    this.storage = new StorageClient(this.asking, this.asking.rules);
  }

  /**
   * Starts a job, or attaches to the run of the same configuration that is under way.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async start(input: RunJobInput, options: StartOptions = {}): Promise<StartedJob> {
    const checked = valid(checkRunJobInput(input, this.asking.rules));
    const { component, config = 'inline configuration' } = checked;
    const request = {
      workflowType: 'runJob',
      input: checked,
      summary: `${component} / ${config}`,
      idFor: (key?: string) => workflowIdFor(checked, key),
    };
    return await startOrAttach(this.asking, JobHandle<JobResult>, request, options);
  }

  /** Starts a job and waits for its end. @throws what `start` and `JobHandle.result` throw. */
  async run(input: RunJobInput, options: StartOptions = {}): Promise<JobResult> {
    const { handle } = await this.start(input, options);
    return await handle.result();
  }

  /**
   * Waits in a workflow for a job that was started elsewhere. Each job has one workflow, however often it is asked for.
   *
   * @throws InvalidInputError before anything is sent.
   */
  async startWait(input: WaitForJobInput): Promise<StartedJob> {
    const checked = valid(checkWaitForJobInput(input));
    const { connection, jobId } = checked;
    const request = {
      workflowType: 'waitForJob',
      input: checked,
      summary: `job ${jobId}`,
      idFor: () => waitWorkflowIdFor(connection, jobId),
    };
    return await startOrAttach(this.asking, JobHandle<JobResult>, request);
  }

  /**
   * Starts a component's own call that creates a job. Each call is separate unless you give a key: then this attaches
   * to the call that runs under the key, if that was started with the same input.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError.
   */
  async startAsyncAction(input: RunAsyncActionInput, options: Pick<StartOptions, 'key'> = {}): Promise<StartedJob> {
    const checked = valid(checkRunAsyncActionInput(input, this.asking.rules));
    const request = {
      workflowType: 'runAsyncAction',
      input: checked,
      summary: `${checked.method} ${checked.path}`,
      idFor: (key?: string) => asyncActionWorkflowId(checked, key),
    };
    return await startOrAttach(this.asking, JobHandle<JobResult>, request, options);
  }

  /** As `startAsyncAction`, and waits for the end of the job. @throws what that and `JobHandle.result` throw. */
  async runAsyncAction(input: RunAsyncActionInput, options: Pick<StartOptions, 'key'> = {}): Promise<JobResult> {
    const { handle } = await this.startAsyncAction(input, options);
    return await handle.result();
  }

  /**
   * Starts a pipeline, or attaches to the run of the same name that is under way.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async startPipeline(input: PipelineInput, options: StartOptions<'attach' | 'fail'> = {}): Promise<StartedPipeline> {
    const checked = valid(checkPipelineInput(input, this.asking.rules));
    const { name } = checked;
    const request = {
      workflowType: 'runPipeline',
      input: checked,
      summary: `pipeline ${name}`,
      idFor: (key?: string) => pipelineWorkflowIdFor(name, key),
    };
    return await startOrAttach(this.asking, PipelineHandle, request, options);
  }

  /** Starts a pipeline and waits for its end. @throws what `startPipeline` and `PipelineHandle.result` throw. */
  async runPipeline(input: PipelineInput, options: StartOptions<'attach' | 'fail'> = {}): Promise<PipelineResult> {
    const { handle } = await this.startPipeline(input, options);
    return await handle.result();
  }

  /** A pipeline's handle by its workflow id; the server is not asked yet. */
  pipeline(workflowId: string, runId?: string): PipelineHandle {
    return new PipelineHandle(this.asking.client, workflowId, runId);
  }

  /** A job's handle by its workflow id; the server is not asked yet. */
  handle(workflowId: string, runId?: string): JobHandle {
    return new JobHandle(this.asking.client, workflowId, runId);
  }

  /**
   * The handle of a running or closed workflow, by its workflow id, Keboola's job id, or a link to either.
   *
   * @param options if they name a connection, workflows of other connections are not found.
   * @throws NoSuchJobError; with a connection, what `callAction` throws, except NoWorkerError.
   */
  async open(id: string, options: Pick<ListOptions, 'connection'> = {}): Promise<AnyHandle> {
    return await openWorkflow(this.asking.client, id, await this.of(options));
  }

  /** Lists the newest jobs first. @throws with a connection, what `callAction` throws, except NoWorkerError. */
  async list(options: ListOptions = {}): Promise<JobRow[]> {
    return (await this.listPage(options)).jobs;
  }

  /**
   * As `list`, with where the next page begins.
   *
   * @throws as `list`; InvalidInputError if pipelines are filtered by what only jobs have.
   */
  async listPage(options: ListOptions = {}): Promise<JobPage> {
    refuseOfPipelines(options);
    return await listJobs(this.asking.client, options, await this.of(options));
  }

  /**
   * Lists all that match, however many they are: for whoever stops or counts them and may miss none.
   *
   * @throws as `listPage`; UnknownProjectError, where `listPage` lists only a part of the connection's workflows.
   */
  async listAll(options: JobFilter & Pick<ListOptions, 'connection'> = {}): Promise<JobRow[]> {
    refuseOfPipelines(options);
    const { connection } = options;
    const of = connection === undefined ? undefined : await this.projects.of(connection);
    return await listAllJobs(this.asking.client, options, of);
  }

  /**
   * The tree below a workflow, running or closed: a pipeline with its tasks, a job with those that it has spawned.
   *
   * @param id workflow id, Keboola's job id, or a link to either.
   * @throws as `open` does.
   */
  async tree(id: string, options: Pick<ListOptions, 'connection'> = {}): Promise<WorkflowTree> {
    const { workflowId, runId } = await this.open(id, options);
    return await readWorkflowTree(this.asking.client, workflowId, runId);
  }

  private async of({ connection }: Pick<ListOptions, 'connection'>): Promise<OfConnection | undefined> {
    return connection === undefined ? undefined : await this.projects.ofPart(connection);
  }
}
