import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { isFailureType } from '../job/failure-types.js';
import {
  JOB_MEMO,
  jobQuery,
  nudgeSignal,
  waitForCreatedUpdate,
  type CreatedAnswer,
  type JobSnapshot,
} from '../job/messages.js';
import type { JobResult } from '../job/result.js';
import { JobCanceledError, JobFailedError } from './errors.js';

/** A job's workflow, running or closed. */
export class JobHandle {
  private readonly handle: WorkflowHandle;

  constructor(
    client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.handle = client.workflow.getHandle(workflowId, runId);
  }

  /**
   * Waits for the end.
   *
   * @throws JobFailedError, JobCanceledError.
   */
  async result(): Promise<JobResult> {
    try {
      return (await this.handle.result()) as JobResult;
    } catch (error) {
      throw error instanceof WorkflowFailedError ? await this.closed(error) : error;
    }
  }

  /** The current view; needs a worker that runs. */
  async snapshot(): Promise<JobSnapshot> {
    return await this.handle.query(jobQuery);
  }

  /** Waits until the job exists. @throws WorkflowUpdateFailedError with the workflow's own failure if it never will. */
  async created(): Promise<CreatedAnswer> {
    return await this.handle.executeUpdate(waitForCreatedUpdate);
  }

  /** Asks to stop the job; `result()` then tells how it ended. */
  async cancel(): Promise<void> {
    await this.handle.cancel();
  }

  /** "Look at the job now." */
  async nudge(): Promise<void> {
    await this.handle.signal(nudgeSignal);
  }

  private async closed(error: WorkflowFailedError): Promise<Error> {
    const { cause } = error;
    if (cause instanceof CancelledFailure) return new JobCanceledError(this.workflowId, await this.rememberedJob());
    if (cause instanceof ApplicationFailure) {
      const [details] = cause.details ?? [];
      const type = isFailureType(cause.type) ? cause.type : 'Failed';
      return new JobFailedError(this.workflowId, type, cause.message, isJobResult(details) ? details : undefined);
    }
    const lives = 'The Keboola job was not stopped by this and may still run.';
    if (cause instanceof TerminatedFailure) {
      return new JobFailedError(this.workflowId, 'Terminated', `The workflow was terminated. ${lives}`);
    }
    if (cause instanceof TimeoutFailure) {
      return new JobFailedError(this.workflowId, 'TimedOut', `The workflow ran into its time limit. ${lives}`);
    }
    return new JobFailedError(this.workflowId, 'Failed', cause?.message ?? error.message);
  }

  /** A canceled workflow leaves its job in the memo. */
  private async rememberedJob(): Promise<JobResult | undefined> {
    const { memo } = await this.handle.describe();
    const job = memo?.[JOB_MEMO];
    return isJobResult(job) ? job : undefined;
  }
}

function isJobResult(value: unknown): value is JobResult {
  return typeof value === 'object' && value !== null && 'jobId' in value && 'outcome' in value;
}
