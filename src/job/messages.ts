import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { JobView } from './job-view.js';
import type { Timeouts, TimeoutsInForce } from './wait/timeouts.js';
import type { StatusCounts } from './wait/status-counts.js';

/** The stage of its job's life that a workflow is in. */
export type JobStage = 'preparing' | 'creating' | 'waiting' | 'stopping' | 'closed';

/** Answer of the `job` query. */
export interface JobSnapshot {
  stage: JobStage;
  /** Name of the Keboola project that the job is in; absent until the input has been checked. */
  connection?: string;
  /** One line for people about the stage, for example why the creation has to wait. */
  note?: string;
  job?: JobView;
  /** The job in Keboola's API, at the configured origin; reading it needs a token. */
  url?: string;
  /** The job's page in Keboola, for people. */
  page?: string;
  polls: number;
  /** When the next read is due, ISO 8601. */
  nextPollTime?: string;
  /** A watcher will report the end of the job, so until then the workflow reads it seldom. */
  watched?: true;
  /** The jobs that Keboola has spawned below it, as far as they are known. */
  children?: ChildrenSnapshot;
}

export interface ChildrenSnapshot {
  jobs: number;
  /** By status. */
  counts: StatusCounts;
  /** Why not every child job has a workflow of its own. */
  digest?: string;
}

export interface CreatedAnswer {
  jobId: string;
  runId?: string;
}

/** The current view of the job. */
export const jobQuery = defineQuery<JobSnapshot>('job');

/** Why an action has not been called yet, or is called again, for people; undefined if nothing is in the way. */
export const obstacleQuery = defineQuery<string | undefined>('obstacle');

/** Changes how long the job may wait and run; returns the limits in force. */
export const setTimeoutsUpdate = defineUpdate<TimeoutsInForce, [Timeouts]>('setTimeouts');

/** The failure type that rejects an update when the workflow continues as new: ask the new run. */
export const ASK_AGAIN = 'AskAgain';

/** "Look now": a hint that the workflow confirms by a read. It never trusts what the signal carries. */
export const nudgeSignal = defineSignal<[unknown?]>('nudge');

/**
 * The payload of a nudge that says nothing about the job, only that for a while nobody would have reported its end. Any
 * other nudge says that the job has ended; that end is not reported again.
 */
export const MAY_HAVE_ENDED = 'may-have-ended';

/** Returns as soon as the job exists; rejects with the workflow's own failure if it never will. */
export const waitForCreatedUpdate = defineUpdate<CreatedAnswer>('waitForCreated');

/** Memo field with the final view of a job whose workflow closed as canceled. */
export const JOB_MEMO = 'keboolaJob';

/**
 * Memo field with the failure that a canceled workflow would have closed with, because its job had ended before it was
 * stopped.
 */
export const FAILURE_MEMO = 'keboolaFailure';

/** Memo field with the digest of the business input, see `KeboolaClient.start`. */
export const DIGEST_MEMO = 'keboolaInputDigest';
