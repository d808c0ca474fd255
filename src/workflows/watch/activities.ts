import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../../job/activities.js';
import { WATCH_MS_MAX } from '../../job/watch/watch-request.js';
import { TRY_AGAIN, tryAgain } from '../wait/patience.js';

/**
 * Ends by itself, and goes on in another worker as soon as its own one stops. It makes one request per tick, so its
 * attempts are not limited.
 */
export const { watchJobs } = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN,
  summary: 'Watch for the ends of jobs',
  startToCloseTimeout: 1.5 * WATCH_MS_MAX,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: tryAgain('5s'),
});
