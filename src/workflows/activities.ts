import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../job/activities.js';
import { ASK_TEMPORAL, ONCE, ONE_QUESTION, PATIENT, TRY_AGAIN, TRY_AGAIN_SOON } from './wait/patience.js';
import { whileFast, type FastStep } from './wait/while-fast.js';

/**
 * The activities as the workflows call them. Each states here what a cancellation does to it; for all fast steps
 * `whileFast` states it.
 */

/** For steps that run before anything is created. */
export const PREPARING = { ...PATIENT, startToCloseTimeout: '2m' } as const;

const LOOKING_UP: FastStep = { ...PREPARING, summary: 'Check the input, find project and component' };

export const prepareRun = whileFast(LOOKING_UP, 'prepareRun');
export const prepareAsyncAction = whileFast(LOOKING_UP, 'prepareAsyncAction');

/** A wait creates nothing; the job goes on without us. */
export const prepareWait = whileFast({ ...PREPARING, summary: 'Check the input, find the job' }, 'prepareWait');

/** One attempt only: a second POST could make a second job. Missing heartbeats show that its worker has died. */
export const { createJob } = proxyActivities<KeboolaActivities>({
  ...ONCE,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** A read that is lost with its worker is made again. Its result is thrown away when the workflow is cancelled. */
const READING: FastStep = {
  ...TRY_AGAIN,
  ...ONE_QUESTION,
  summary: 'Look at the job',
  scheduleToCloseTimeout: '10m',
};

export const readJob = whileFast(READING, 'readJob');

/** Retried if it was lost, within the time that the caller has for it; its answer is only shown. */
export const { readDescendants } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN_SOON,
  ...ONE_QUESTION,
  summary: 'Look for the child jobs',
  scheduleToCloseTimeout: '1m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** A cancellation need not wait for this step: it creates nothing. */
const RESERVING: FastStep = {
  ...TRY_AGAIN,
  summary: 'Ask for room in the project',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '10m',
};

export const reserveCapacity = whileFast(RESERVING, 'reserveCapacity');

/** A cancellation need not wait for this step: it creates nothing. */
export const { drawId } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  ...ONE_QUESTION,
  summary: "Get an id lower than the new job's",
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** A cancellation need not wait for it: it creates nothing. It reads each job that it finds, hence its timeout. */
export const { findForeignJobs } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Look for jobs of this configuration that others started',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** The search for a job whose creation was not answered goes on after a cancellation: the job must be killed. */
export const { searchJob } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Search for a job that may have been created',
  startToCloseTimeout: '80s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Asking twice does no harm. */
export const { killJob } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  ...ONE_QUESTION,
  summary: 'Ask Keboola to stop the job',
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** One round of stopping a tree of jobs; the next round asks again for whatever this one has missed. */
export const { stopDescendants } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Stop the child jobs',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const { cancelWorkflow } = proxyActivities<KeboolaActivities>({
  ...ASK_TEMPORAL,
  summary: 'Close as canceled: somebody else stopped the job',
  scheduleToCloseTimeout: '1m',
  cancellationType: ActivityCancellationType.ABANDON,
});

/** The pipeline has started nothing yet. */
export const { checkPipeline } = proxyActivities<KeboolaActivities>({
  ...PATIENT,
  summary: 'Check the pipeline',
  startToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** Limited in time: its answer is not worth a pipeline that hangs for good. */
export const { findRunningChildren } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Find child workflows still running from before the reset',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '1h',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** As patient as the wait for a child: without a limit. Each look ends by itself. */
export const { lookAtChildren } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Check tasks still running from before the reset',
  startToCloseTimeout: '100s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

export const { readChildJob, lostSearchAttributes } = proxyActivities<KeboolaActivities>({
  ...ASK_TEMPORAL,
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});
