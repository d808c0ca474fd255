import { setTimeout as sleep } from 'node:timers/promises';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type WorkflowFailedError,
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
} from '../../job/messages.js';
import type { JobResult } from '../../job/result.js';
import type { StorageTaskResult } from '../../job/storage/result.js';
import type { Timeouts, TimeoutsInForce } from '../../job/wait/timeouts.js';
import { JobCanceledError, JobFailedError, NoWorkerError } from '../errors.js';
import { closedError, failedError } from './closed-error.js';
import { movedOf, type SeenJob } from './moved.js';
import { obstacleOf } from './obstacle.js';
import { pastFailedTasks } from './past-failed-tasks.js';
import { isOpen, type LatestRun } from './run-chain.js';
import { WorkflowRun } from './workflow-run.js';

/** A run that is left for a new one answers "ask again"; the new one is there within moments. */
const ASK_AGAIN_MAX = 20;
const ASK_AGAIN_MS = 250;

/** What every result tells of its job. */
export type EndedJob = Pick<JobResult, 'jobId' | 'runId'>;

/** What any workflow of one job leaves behind. */
export type JobEnd = JobResult | StorageTaskResult;

/** The workflow of one job of Keboola, or of Storage, running or closed. */
export class JobHandle<Result extends EndedJob = JobResult> extends WorkflowRun<Result> {
  readonly kind = 'job';

  /**
   * The current view. Where a step fails and is tried again, its `note` says why; where a worker moves a file, `moved` says
   * how far it has come.
   *
   * @throws NoWorkerError when there is no worker, or none answers within 15 s, NoSuchJobError.
   */
  async snapshot(): Promise<SeenJob> {
    const latest = await this.chain.latest();
    const snapshot = await this.query(latest, jobQuery);
    const { nextPollTime, stage } = snapshot;
    if (nextPollTime !== undefined || stage === 'closed') return snapshot;
    const file = await movedOf(this.client, latest.description);
    // What a workflow says by itself is what it waits for, but of a file it says only that one is moved. Temporal keeps the failure
    // of an attempt throughout the next one, which may move for hours what it is to move.
    const isTold = file === undefined ? snapshot.note !== undefined : (file.bytes?.bytes ?? 0) > 0;
    const obstacle = isTold ? undefined : await obstacleOf(this.client, latest.description);
    return {
      ...snapshot,
      ...(obstacle !== undefined && { note: obstacle }),
      ...(file?.bytes && { moved: file.bytes }),
    };
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

  /** "Look at the job now." One that has ended needs no look. @throws NoSuchJobError. */
  async nudge(): Promise<void> {
    const { handle, description } = await this.chain.latest();
    if (!isOpen(description)) return;
    await handle.signal(nudgeSignal).catch((error: unknown) => {
      // It has closed in this moment; a new run of it looks by itself.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  protected override async closedError(latest: LatestRun, failed: WorkflowFailedError): Promise<Error> {
    return await closedError(this.client, latest, failed);
  }

  /** @returns undefined when the workflow has closed. */
  private async update<T>(send: (handle: WorkflowHandle) => Promise<T>): Promise<T | undefined> {
    let taskQueue = '';
    for (let tries = 0; tries < ASK_AGAIN_MAX; tries++) {
      const { handle, description } = await this.chain.latest();
      taskQueue = description.taskQueue;
      if (!isOpen(description)) return undefined;
      try {
        return await pastFailedTasks(() => send(handle));
      } catch (error) {
        if (!asksAgain(error)) throw updateError(this.workflowId, error);
      }
      await sleep(ASK_AGAIN_MS);
    }
    throw new NoWorkerError(this.workflowId, { taskQueue, namespace: this.client.options.namespace });
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
