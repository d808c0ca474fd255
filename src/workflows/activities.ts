import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../job/activities.js';
import { whileFast, type FastStep } from './wait/while-fast.js';

/**
 * The activities as the workflows call them. Every option that decides what happens to a job when somebody presses stop
 * is written out here, or for all fast steps in `whileFast`.
 *
 * A heartbeat timeout makes one that was lost with its worker be taken again within seconds; see `withHeartbeat`.
 */

/** For what comes before there is anything: it may be tried for long and dropped at once. */
export const PREPARING = {
  startToCloseTimeout: '2m',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
} as const;

const LOOKING_UP: FastStep = { ...PREPARING, summary: 'Check the input, find project and component' };

export const prepareRun = whileFast(LOOKING_UP, 'prepareRun');
export const prepareAsyncAction = whileFast(LOOKING_UP, 'prepareAsyncAction');

/** Nothing is created by a wait; the job goes on without us. */
export const prepareWait = whileFast({ ...PREPARING, summary: 'Check the input, find the job' }, 'prepareWait');

/**
 * One attempt and not one more: a second POST could make a second job. 90 s of HTTP and a margin; a worker that dies is
 * noticed by its missing heartbeats.
 */
export const { createJob } = proxyActivities<KeboolaActivities>({
  startToCloseTimeout: '120s',
  heartbeatTimeout: '10s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
});

/** A look that is lost with its worker is taken again; its result is thrown away when the workflow is cancelled. */
const READING: FastStep = {
  summary: 'Look at the job',
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
};

export const readJob = whileFast(READING, 'readJob');

/** Asked again where it was lost, within the time that whoever asks has for it; what it tells is only shown. */
export const { readDescendants } = proxyActivities<KeboolaActivities>({
  summary: 'Look for the child jobs',
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '1m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** A cancel need not wait for this step: it creates nothing. */
const RESERVING: FastStep = {
  summary: 'Ask for room in the project',
  startToCloseTimeout: '100s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
};

export const reserveCapacity = whileFast(RESERVING, 'reserveCapacity');

/** A cancel need not wait for this step: it creates nothing. */
export const { drawId } = proxyActivities<KeboolaActivities>({
  summary: 'Get an id below that of the new job',
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** A cancel need not wait for this step: it creates nothing. It reads each job that it has found, hence its time. */
export const { findForeignJobs } = proxyActivities<KeboolaActivities>({
  summary: 'Look for jobs of the configuration that others have started',
  startToCloseTimeout: '100s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** A search for a job whose creation was not answered goes on although the workflow is cancelled: it must be killed. */
export const { searchJob } = proxyActivities<KeboolaActivities>({
  summary: 'Search for the job whose creation was not answered',
  startToCloseTimeout: '80s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '10m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Asking twice does no harm. */
export const { killJob } = proxyActivities<KeboolaActivities>({
  summary: 'Ask Keboola to stop the job',
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** One round of stopping a tree; the next round asks again for whatever it has missed. */
export const { stopDescendants } = proxyActivities<KeboolaActivities>({
  summary: 'Stop the child jobs',
  startToCloseTimeout: '100s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

export const { cancelWorkflow } = proxyActivities<KeboolaActivities>({
  summary: 'Close as canceled: somebody else stopped the job',
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '1m',
  cancellationType: ActivityCancellationType.ABANDON,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** Nothing of a pipeline has started yet. */
export const { checkPipeline } = proxyActivities<KeboolaActivities>({
  summary: 'Check the pipeline',
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '24h',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Not worth a pipeline that hangs for good. */
export const { findRunningChildren } = proxyActivities<KeboolaActivities>({
  summary: 'Find what still runs from before the reset',
  startToCloseTimeout: '100s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '1h',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** As patient as the wait for a child is: without a limit. A look ends by itself. */
export const { lookAtChildren } = proxyActivities<KeboolaActivities>({
  summary: 'Look at tasks that still run from before the reset',
  startToCloseTimeout: '100s',
  heartbeatTimeout: '10s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** They ask Temporal alone. */
export const { readChildJob, lostSearchAttributes } = proxyActivities<KeboolaActivities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '5m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
});
