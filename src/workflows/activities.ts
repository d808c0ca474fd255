import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../job/activities.js';
import { ASK_TEMPORAL, ONCE, ONE_QUESTION, PATIENT, TRY_AGAIN, TRY_AGAIN_SOON } from './wait/patience.js';
import { whileFast, type FastStep } from './wait/while-fast.js';

/**
 * The activities as the workflows call them. What decides about a job when somebody presses stop is written out here for each,
 * or for all fast steps in `whileFast`.
 */

/** For what comes before there is anything. */
export const PREPARING = { ...PATIENT, startToCloseTimeout: '2m' } as const;

const LOOKING_UP: FastStep = { ...PREPARING, summary: 'Check the input, find project and component' };

export const prepareRun = whileFast(LOOKING_UP, 'prepareRun');
export const prepareAsyncAction = whileFast(LOOKING_UP, 'prepareAsyncAction');

/** Nothing is created by a wait; the job goes on without us. */
export const prepareWait = whileFast({ ...PREPARING, summary: 'Check the input, find the job' }, 'prepareWait');

/** A second POST could make a second job. A worker that dies is noticed by its missing heartbeats. */
export const { createJob } = proxyActivities<KeboolaActivities>({
  ...ONCE,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** A look that is lost with its worker is taken again; its result is thrown away when the workflow is cancelled. */
const READING: FastStep = {
  ...TRY_AGAIN,
  ...ONE_QUESTION,
  summary: 'Look at the job',
  scheduleToCloseTimeout: '10m',
};

export const readJob = whileFast(READING, 'readJob');

/** Asked again where it was lost, within the time that whoever asks has for it; what it tells is only shown. */
export const { readDescendants } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN_SOON,
  ...ONE_QUESTION,
  summary: 'Look for the child jobs',
  scheduleToCloseTimeout: '1m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** A cancel need not wait for this step: it creates nothing. */
const RESERVING: FastStep = {
  ...TRY_AGAIN,
  summary: 'Ask for room in the project',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '10m',
};

export const reserveCapacity = whileFast(RESERVING, 'reserveCapacity');

/** A cancel need not wait for this step: it creates nothing. */
export const { drawId } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  ...ONE_QUESTION,
  summary: 'Get an id below that of the new job',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** A cancel need not wait for this step: it creates nothing. It reads each job that it has found, hence its time. */
export const { findForeignJobs } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Look for jobs of the configuration that others have started',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** A search for a job whose creation was not answered goes on although the workflow is cancelled: it must be killed. */
export const { searchJob } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Search for the job whose creation was not answered',
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

/** One round of stopping a tree; the next round asks again for whatever it has missed. */
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

/** Nothing of a pipeline has started yet. */
export const { checkPipeline } = proxyActivities<KeboolaActivities>({
  ...PATIENT,
  summary: 'Check the pipeline',
  startToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** Not worth a pipeline that hangs for good. */
export const { findRunningChildren } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Find what still runs from before the reset',
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '1h',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** As patient as the wait for a child is: without a limit. A look ends by itself. */
export const { lookAtChildren } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Look at tasks that still run from before the reset',
  startToCloseTimeout: '100s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

export const { readChildJob, lostSearchAttributes } = proxyActivities<KeboolaActivities>({
  ...ASK_TEMPORAL,
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});
