import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { AlreadyRunningError, InputConflictError, InvalidInputError, NoSuchJobError } from './client/errors.js';
import { inputDigest } from './client/digest.js';
import { JobHandle } from './client/job-handle.js';
import { findByJobId, isJobId, listJobs, type JobRow, type ListOptions } from './client/list-jobs.js';
import { randomKey, waitWorkflowIdFor, workflowIdFor } from './client/workflow-id.js';
import { DEFAULT_TASK_QUEUE, type RunJobInput } from './job/input.js';
import { DIGEST_MEMO } from './job/messages.js';
import type { JobResult } from './job/result.js';
import type { WaitForJobInput } from './job/wait-input.js';
import { checkRunJobInput, checkWaitForJobInput, type InputRules } from './keboola/input.js';

export interface KeboolaClientOptions {
  client: Client;
  /** Default `keboola`. */
  taskQueue?: string;
  /** Lets plain values under a `#key` pass into history; a worker must allow them too. Default false. */
  allowPlainSecrets?: boolean;
}

export interface StartOptions {
  /**
   * What to do when the configuration runs already: `attach` to it if it was started with the same input (default),
   * `queue` a second workflow whose job waits for Keboola's own lock, or `fail`.
   */
  ifRunning?: 'attach' | 'queue' | 'fail';
  /** Makes the workflow one of its own although the configuration is the same. */
  key?: string;
}

/** A job's workflow and how we came by it. */
export interface StartedJob {
  handle: JobHandle;
  attached: boolean;
  /** When the workflow was started, ISO 8601. */
  startTime: string;
}

/** Starts and finds Keboola jobs through Temporal. It needs no Keboola token: only workers do. */
export class KeboolaClient {
  private readonly client: Client;
  private readonly taskQueue: string;
  private readonly rules: InputRules;

  constructor(options: KeboolaClientOptions) {
    this.client = options.client;
    this.taskQueue = options.taskQueue ?? DEFAULT_TASK_QUEUE;
    this.rules = { allowPlainSecrets: options.allowPlainSecrets ?? false };
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
    if (started) return started;
    if (options.ifRunning === 'fail') throw new AlreadyRunningError(workflowId);
    if (options.ifRunning !== 'queue') return await this.join(workflowId, wish);
    const queued = await this.tryStart(workflowIdFor(check.value, randomKey()), wish);
    if (!queued) throw new AlreadyRunningError(workflowId);
    return queued;
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
    return (await this.tryStart(workflowId, wish)) ?? (await this.join(workflowId, wish));
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

  /** @returns undefined when a workflow of that id is running. */
  private async tryStart(workflowId: string, { workflowType, input, summary }: Wish): Promise<StartedJob | undefined> {
    try {
      const { firstExecutionRunId } = await this.client.workflow.start(workflowType, {
        workflowId,
        taskQueue: this.taskQueue,
        args: [input],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        memo: { [DIGEST_MEMO]: inputDigest(input) },
        staticSummary: summary,
      });
      const handle = this.handle(workflowId, firstExecutionRunId);
      return { handle, attached: false, startTime: new Date().toISOString() };
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
      throw error;
    }
  }

  /** A workflow without a digest was started by another tool; its input cannot be compared and is taken as it is. */
  private async join(workflowId: string, { input }: Wish): Promise<StartedJob> {
    const { memo, startTime, runId } = await this.client.workflow.getHandle(workflowId).describe();
    const digest = memo?.[DIGEST_MEMO];
    if (digest !== undefined && digest !== inputDigest(input)) throw new InputConflictError(workflowId);
    return { handle: this.handle(workflowId, runId), attached: true, startTime: startTime.toISOString() };
  }
}

/** A workflow to be started. */
interface Wish {
  workflowType: string;
  input: RunJobInput | WaitForJobInput;
  summary: string;
}
