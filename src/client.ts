import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { AlreadyRunningError, InputConflictError, InvalidInputError, NoSuchJobError } from './client/errors.js';
import { inputDigest } from './client/digest.js';
import { JobHandle } from './client/job-handle.js';
import { findByJobId, isJobId, listJobs, type JobRow, type ListOptions } from './client/list-jobs.js';
import { randomKey, workflowIdFor } from './client/workflow-id.js';
import { DEFAULT_TASK_QUEUE, type RunJobInput } from './job/input.js';
import { DIGEST_MEMO } from './job/messages.js';
import type { JobResult } from './job/result.js';
import { checkRunJobInput, type InputRules } from './keboola/input.js';

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
    const workflowId = workflowIdFor(check.value, options.key);
    const started = await this.tryStart(check.value, workflowId);
    if (started) return started;
    if (options.ifRunning === 'fail') throw new AlreadyRunningError(workflowId);
    if (options.ifRunning !== 'queue') return await this.attach(check.value, workflowId);
    const queued = await this.tryStart(check.value, workflowIdFor(check.value, randomKey()));
    if (!queued) throw new AlreadyRunningError(workflowId);
    return queued;
  }

  /** Starts a job and waits for its end. @throws what `start` and `JobHandle.result` throw. */
  async run(input: RunJobInput, options: StartOptions = {}): Promise<JobResult> {
    const { handle } = await this.start(input, options);
    return await handle.result();
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
  private async tryStart(input: RunJobInput, workflowId: string): Promise<StartedJob | undefined> {
    try {
      const { firstExecutionRunId } = await this.client.workflow.start('runJob', {
        workflowId,
        taskQueue: this.taskQueue,
        args: [input],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        memo: { [DIGEST_MEMO]: inputDigest(input) },
        staticSummary: `${input.component} / ${input.config ?? 'inline configuration'}`,
      });
      const handle = this.handle(workflowId, firstExecutionRunId);
      return { handle, attached: false, startTime: new Date().toISOString() };
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
      throw error;
    }
  }

  /** A workflow without a digest was started by another tool; its input cannot be compared and is taken as it is. */
  private async attach(input: RunJobInput, workflowId: string): Promise<StartedJob> {
    const { memo, startTime, runId } = await this.client.workflow.getHandle(workflowId).describe();
    const digest = memo?.[DIGEST_MEMO];
    if (digest !== undefined && digest !== inputDigest(input)) throw new InputConflictError(workflowId);
    return { handle: this.handle(workflowId, runId), attached: true, startTime: startTime.toISOString() };
  }
}
