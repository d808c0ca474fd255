import { setTimeout as sleep } from 'node:timers/promises';
import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import {
  ASK_AGAIN,
  jobQuery,
  nudgeSignal,
  setTimeoutsUpdate,
  waitForCreatedUpdate,
  type CreatedAnswer,
  type JobSnapshot,
} from '../../job/messages.js';
import type { JobResult } from '../../job/result.js';
import type { Timeouts, TimeoutsInForce } from '../../job/wait/timeouts.js';
import { closedError, failedError } from './closed-error.js';
import { JobCanceledError, JobFailedError, NoSuchJobError, NoWorkerError } from '../errors.js';
import { obstacleOf } from './obstacle.js';
import { queryWithin } from './query-within.js';
import { RunChain, type LatestRun } from './run-chain.js';
import { runs } from '../runs.js';

/** A run that is left for a new one answers "ask again"; the new one is there within moments. */
const ASK_AGAIN_MAX = 20;
const ASK_AGAIN_MS = 250;

/** What every result tells of its job. */
export type EndedJob = Pick<JobResult, 'jobId' | 'runId'>;

/** The workflow of one job, running or closed; `Result` is what it leaves behind. */
export class JobHandle<Result extends EndedJob = JobResult> {
  private readonly chain: RunChain;

  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.chain = new RunChain(client, workflowId, runId);
  }

  /** Whether the workflow runs; undefined when Temporal does not know it. */
  async isRunning(): Promise<boolean | undefined> {
    try {
      return runs((await this.chain.latest()).description);
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
  async result(): Promise<Result> {
    try {
      return (await this.client.workflow.getHandle(this.workflowId, this.runId).result()) as Result;
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw this.known(error);
      throw closedError(await this.chain.latest(), error);
    }
  }

  /**
   * The current view. Where a step fails and is tried again, its `note` says why.
   *
   * @throws NoWorkerError when no worker answers within 8 s, NoSuchJobError.
   */
  async snapshot(): Promise<JobSnapshot> {
    const latest = await this.latest();
    const snapshot = await this.query(latest);
    const rests = snapshot.nextPollTime !== undefined || snapshot.note !== undefined || snapshot.stage === 'closed';
    const obstacle = rests ? undefined : obstacleOf(latest.description);
    return obstacle === undefined ? snapshot : { ...snapshot, note: obstacle };
  }

  /**
   * Waits until the job exists.
   *
   * @throws JobFailedError if it never will, JobCanceledError, NoSuchJobError.
   */
  async created(): Promise<CreatedAnswer> {
    const answer = await this.update((handle) => handle.executeUpdate(waitForCreatedUpdate));
    if (answer) return answer;
    // A closed workflow takes no more updates, but its result names the job.
    const { jobId, runId } = await this.ended();
    return { jobId, runId };
  }

  /**
   * Changes how long the job may wait for its start and run; null takes a limit away.
   *
   * @returns the limits in force; undefined when the workflow has ended.
   * @throws JobFailedError `InvalidInput`, NoSuchJobError.
   */
  async setTimeouts(timeouts: Timeouts): Promise<TimeoutsInForce | undefined> {
    return await this.update((handle) => handle.executeUpdate(setTimeoutsUpdate, { args: [timeouts] }));
  }

  /**
   * Asks to stop the job; `result()` then tells how it ended.
   *
   * @returns false when the workflow had ended already.
   * @throws NoSuchJobError.
   */
  async cancel(): Promise<boolean> {
    const { description } = await this.latest();
    // Temporal takes a wish to cancel a closed workflow as well and does nothing.
    if (!runs(description)) return false;
    await this.chain.wholeChain(description).cancel();
    return true;
  }

  /** "Look at the job now." One that has ended needs no look. @throws NoSuchJobError. */
  async nudge(): Promise<void> {
    const { handle, description } = await this.latest();
    if (!runs(description)) return;
    await handle.signal(nudgeSignal).catch((error: unknown) => {
      // It has closed in this moment; a new run of it looks by itself.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  /** @returns undefined when the workflow has closed. */
  private async update<T>(send: (handle: WorkflowHandle) => Promise<T>): Promise<T | undefined> {
    let taskQueue = '';
    for (let tries = 0; tries < ASK_AGAIN_MAX; tries++) {
      const { handle, description } = await this.latest();
      taskQueue = description.taskQueue;
      if (!runs(description)) return undefined;
      try {
        return await send(handle);
      } catch (error) {
        if (!asksAgain(error)) throw updateError(this.workflowId, error);
      }
      await sleep(ASK_AGAIN_MS);
    }
    throw new NoWorkerError(this.workflowId, { taskQueue, namespace: this.client.options.namespace });
  }

  private async latest(): Promise<LatestRun> {
    try {
      return await this.chain.latest();
    } catch (error) {
      throw this.known(error);
    }
  }

  /** The job of a closed workflow, however it closed. */
  private async ended(): Promise<EndedJob> {
    try {
      return await this.result();
    } catch (error) {
      if ((error instanceof JobFailedError || error instanceof JobCanceledError) && error.job) return error.job;
      if (error instanceof JobFailedError && error.storage) return error.storage;
      throw error;
    }
  }

  private async query(latest: LatestRun): Promise<JobSnapshot> {
    try {
      return await queryWithin(this.client, latest, jobQuery);
    } catch (error) {
      throw this.known(error);
    }
  }

  private known(error: unknown): unknown {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new NoSuchJobError(`No workflow "${this.workflowId}" in namespace ${this.client.options.namespace}.`);
  }
}

/** The run has closed, or is about to leave for a new one; which of the two it is, the next look tells. */
function asksAgain(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return (
    error instanceof WorkflowUpdateFailedError && (error.cause as { type?: unknown } | undefined)?.type === ASK_AGAIN
  );
}

function updateError(workflowId: string, error: unknown): unknown {
  if (!(error instanceof WorkflowUpdateFailedError)) return error;
  if (error.cause instanceof CancelledFailure) return new JobCanceledError(workflowId);
  return failedError(workflowId, error.cause, error.message);
}
