import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { JobSnapshot } from '../job/messages.js';
import { jobQuery, nudgeSignal, waitForCreatedUpdate, type CreatedAnswer } from '../job/messages.js';
import type { JobResult } from '../job/result.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { closedError, failedError } from './closed-error.js';
import { JobCanceledError, JobFailedError, NoSuchJobError, NoWorkerError } from './errors.js';
import { obstacleOf } from './obstacle.js';

/** Temporal holds a query back until a worker asks for it; a worker that lives answers within a second. */
const QUERY_MS_MAX = 8_000;
/** What a deadline looks like depends on who sees it first: we, the server, or the connection between. */
const NO_WORKER: readonly (number | undefined)[] = [GRPC.deadlineExceeded, GRPC.cancelled, GRPC.failedPrecondition];

/** A job's workflow, running or closed. */
export class JobHandle {
  private readonly handle: WorkflowHandle;

  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.handle = client.workflow.getHandle(workflowId, runId);
  }

  /** Whether the workflow runs; undefined when Temporal does not know it. */
  async isRunning(): Promise<boolean | undefined> {
    try {
      const { status } = await this.handle.describe();
      return status.name === 'RUNNING' || status.name === 'PAUSED';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /**
   * Waits for the end.
   *
   * @throws JobFailedError, JobCanceledError, NoSuchJobError.
   */
  async result(): Promise<JobResult> {
    try {
      return (await this.handle.result()) as JobResult;
    } catch (error) {
      throw error instanceof WorkflowFailedError ? await closedError(this.handle, error) : this.known(error);
    }
  }

  /**
   * The current view. Where a step fails and is tried again, its `note` says why.
   *
   * @throws NoWorkerError when no worker answers within 8 s, NoSuchJobError.
   */
  async snapshot(): Promise<JobSnapshot> {
    const snapshot = await this.query();
    const rests = snapshot.nextPollTime !== undefined || snapshot.note !== undefined || snapshot.stage === 'closed';
    const obstacle = rests ? undefined : obstacleOf(await this.handle.describe());
    return obstacle === undefined ? snapshot : { ...snapshot, note: obstacle };
  }

  /**
   * Waits until the job exists.
   *
   * @throws JobFailedError if it never will, JobCanceledError, NoSuchJobError.
   */
  async created(): Promise<CreatedAnswer> {
    try {
      return await this.handle.executeUpdate(waitForCreatedUpdate);
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) throw failedError(this.workflowId, error.cause, error.message);
      // A closed workflow takes no more updates, but its result names the job.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      const { jobId, runId } = await this.ended();
      return { jobId, runId };
    }
  }

  /**
   * Asks to stop the job; `result()` then tells how it ended.
   *
   * @returns false when the workflow had ended already.
   * @throws NoSuchJobError.
   */
  async cancel(): Promise<boolean> {
    // Temporal takes a wish to cancel a closed workflow as well and does nothing.
    if ((await this.isRunning()) === false) return false;
    await this.handle.cancel().catch((error: unknown) => {
      throw this.known(error);
    });
    return true;
  }

  /** "Look at the job now." One that has ended needs no look. @throws NoSuchJobError. */
  async nudge(): Promise<void> {
    try {
      await this.handle.signal(nudgeSignal);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || (await this.isRunning()) === undefined) throw this.known(error);
    }
  }

  /** The job of a closed workflow, however it closed. */
  private async ended(): Promise<JobResult> {
    try {
      return await this.result();
    } catch (error) {
      if ((error instanceof JobFailedError || error instanceof JobCanceledError) && error.job) return error.job;
      throw error;
    }
  }

  private async query(): Promise<JobSnapshot> {
    try {
      return await this.client.withDeadline(Date.now() + QUERY_MS_MAX, () => this.handle.query(jobQuery));
    } catch (error) {
      throw NO_WORKER.includes(grpcCause(error)?.code) ? new NoWorkerError(this.workflowId) : this.known(error);
    }
  }

  private known(error: unknown): unknown {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new NoSuchJobError(`No workflow "${this.workflowId}" in namespace ${this.client.options.namespace}.`);
  }
}
