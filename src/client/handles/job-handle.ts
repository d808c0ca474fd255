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
import { ContinuesAsNewError, JobCanceledError, JobFailedError } from '../errors.js';
import { closedError, failedError } from './closed-error.js';
import { movedOf, type SeenJob } from './moved.js';
import { obstacleOf } from './obstacle.js';
import { pastFailedTasks } from './past-failed-tasks.js';
import { isOpen, type LatestRun } from './run-chain.js';
import { WorkflowRun } from './workflow-run.js';

/** A run that is about to continue as new answers "ask again"; the new run is there within moments. */
const ASK_AGAIN_MAX = 20;
const ASK_AGAIN_MS = 250;

/** What every result says about its job. */
export type EndedJob = Pick<JobResult, 'jobId' | 'runId'>;

/** The result of any workflow of one job. */
export type JobEnd = JobResult | StorageTaskResult;

/** The workflow of one Keboola or Storage job, running or closed. */
export class JobHandle<Result extends EndedJob = JobResult> extends WorkflowRun<Result> {
  readonly kind = 'job';

  /**
   * The current state of the job. If a step fails and is retried, `note` says why; while a worker moves a file, `moved`
   * says how far it is.
   *
   * @throws NoWorkerError when there is no worker, or none answers within 15 s; NoSuchJobError.
   */
  async snapshot(): Promise<SeenJob> {
    const latest = await this.chain.latest();
    const snapshot = await this.query(latest, jobQuery);
    const { nextPollTime, stage } = snapshot;
    if (nextPollTime !== undefined || stage === 'closed') return snapshot;
    const file = await movedOf(this.client, latest.description);
    // The workflow's own note says what it waits for; of a file, only that it is being moved. Temporal shows the last
    // failure of an activity throughout the next attempt, which may be moving bytes for hours: then it is out of date.
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
   * @throws JobFailedError if it never will, JobCanceledError, NoSuchJobError, ContinuesAsNewError.
   */
  async created(): Promise<CreatedAnswer> {
    const answer = await this.update((handle) => handle.executeUpdate(waitForCreatedUpdate));
    if (answer) return answer;
    // A closed workflow accepts no updates, but its result names the job.
    const { jobId, runId } = await this.ended();
    return { jobId, runId };
  }

  /**
   * Changes how long the job may wait to start, and how long it may run; null removes a limit.
   *
   * @returns the limits in force; undefined if the workflow has ended.
   * @throws JobFailedError `InvalidInput`, NoSuchJobError, ContinuesAsNewError.
   */
  async setTimeouts(timeouts: Timeouts): Promise<TimeoutsInForce | undefined> {
    return await this.update((handle) => handle.executeUpdate(setTimeoutsUpdate, { args: [timeouts] }));
  }

  /** Makes the workflow look at its job now. Does nothing if the workflow has ended. @throws NoSuchJobError. */
  async nudge(): Promise<void> {
    const { handle, description } = await this.chain.latest();
    if (!isOpen(description)) return;
    await handle.signal(nudgeSignal).catch((error: unknown) => {
      // The run has closed just now. If it continued as new, the new run looks by itself.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  protected override async closedError(latest: LatestRun, failed: WorkflowFailedError): Promise<Error> {
    return await closedError(this.client, latest, failed);
  }

  /** @returns undefined if the workflow has closed. @throws ContinuesAsNewError. */
  private async update<T>(send: (handle: WorkflowHandle) => Promise<T>): Promise<T | undefined> {
    for (let tries = 0; tries < ASK_AGAIN_MAX; tries++) {
      const { handle, description } = await this.chain.latest();
      if (!isOpen(description)) return undefined;
      try {
        return await pastFailedTasks(() => send(handle));
      } catch (error) {
        if (!asksAgain(error)) throw updateError(this.workflowId, error);
      }
      await sleep(ASK_AGAIN_MS);
    }
    throw new ContinuesAsNewError(this.workflowId);
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

/** The run has closed, or is about to continue as new; the next look tells which. */
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
