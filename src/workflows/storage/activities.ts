import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../../job/activities.js';
import { PREPARING } from '../activities.js';
import { ONCE, PATIENT, TRY_AGAIN } from '../wait/patience.js';
import { whileFast, type FastStep } from '../wait/while-fast.js';

/** The Storage activities as the workflows call them, with every option that decides what a cancellation does. */

/** Nothing has been asked of Storage yet. */
export const prepareStorageJob = whileFast({ ...PREPARING, summary: 'Check the input' }, 'prepareStorageJob');

const LOOKING: FastStep = { ...PREPARING, summary: 'Check the input, look at the table' };

export const prepareImport = whileFast(LOOKING, 'prepareImport');
export const prepareExport = whileFast(LOOKING, 'prepareExport');

/** One attempt only: a second call could load a table twice. Missing heartbeats show that its worker has died. */
export const { createStorageJob } = proxyActivities<KeboolaActivities>({
  ...ONCE,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Reads pages of a list, each of which takes its time. */
export const { searchStorageJob } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Search for a job that may have been created',
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '20m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

const SMALL = { ...PATIENT, startToCloseTimeout: '3m' } as const;

/** A cancellation waits until the partial file is deleted. */
export const { uploadCsv } = proxyActivities<KeboolaActivities>({
  ...SMALL,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const { downloadCsv } = proxyActivities<KeboolaActivities>({
  ...SMALL,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/**
 * Each may take hours: heartbeats show that it goes on, and after a worker's death it starts anew. A cancellation waits
 * until the partial file is deleted.
 */
export const { uploadFile, downloadFile } = proxyActivities<KeboolaActivities>({
  ...PATIENT,
  startToCloseTimeout: '24h',
  scheduleToCloseTimeout: '48h',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** A cancellation waits for it, but not for long: Storage drops the file by itself. */
export const { removeUploaded } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Delete the file that nobody loads',
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '3m',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
