import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { JobView } from './job-view.js';
import type { Timeouts, TimeoutsInForce } from './wait/timeouts.js';
import type { StatusCounts } from './wait/status-counts.js';

/** Where a workflow is in its job's life. */
export type JobStage = 'preparing' | 'creating' | 'waiting' | 'stopping' | 'closed';

/** Answer of the `job` query. */
export interface JobSnapshot {
  stage: JobStage;
  /** The name of the Keboola project that the job is in; absent until the input was checked. */
  connection?: string;
  /** One human line about the stage, for example why creation has to wait. */
  note?: string;
  job?: JobView;
  /** The job in Keboola's API, at the configured origin: it wants a token. */
  url?: string;
  /** The job's page in Keboola, for people. */
  page?: string;
  polls: number;
  /** When the next look is due, ISO 8601. */
  nextPollTime?: string;
  /** Its end will be told, so that until then it is looked at seldom. */
  watched?: true;
  /** The jobs that Keboola has spawned below it, as far as they are known. */
  children?: ChildrenSnapshot;
}

export interface ChildrenSnapshot {
  jobs: number;
  /** By status. */
  counts: StatusCounts;
  /** Why not each of them has a workflow of its own. */
  digest?: string;
}

export interface CreatedAnswer {
  jobId: string;
  runId?: string;
}

/** The current view of the job. */
export const jobQuery = defineQuery<JobSnapshot>('job');

/** Why an action has not been called yet, or is called again, in words for people; undefined where nothing is in the way. */
export const obstacleQuery = defineQuery<string | undefined>('obstacle');

/** Changes how long the job may wait and run; answers the limits in force. */
export const setTimeoutsUpdate = defineUpdate<TimeoutsInForce, [Timeouts]>('setTimeouts');

/** The type of the failure that an update is answered with when the workflow goes on in a new run: ask that one. */
export const ASK_AGAIN = 'AskAgain';

/** "Look now": a hint that is confirmed by a read; what it carries is never believed. */
export const nudgeSignal = defineSignal<[unknown?]>('nudge');

/**
 * What a nudge carries that says nothing of the job: for a while nobody would have told of its end. Any other one says that it
 * has ended, so that its end is not told once more.
 */
export const MAY_HAVE_ENDED = 'may-have-ended';

/** Answers as soon as the job exists; rejects with the workflow's own failure when it never will. */
export const waitForCreatedUpdate = defineUpdate<CreatedAnswer>('waitForCreated');

/** The memo field that holds the final view of a job whose workflow closed as canceled. */
export const JOB_MEMO = 'keboolaJob';

/** The memo field that says with which failure a canceled workflow would have closed: its job had ended before it was stopped. */
export const FAILURE_MEMO = 'keboolaFailure';

/** The memo field that holds the digest of the business input, see `KeboolaClient.start`. */
export const DIGEST_MEMO = 'keboolaInputDigest';
