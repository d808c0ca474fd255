import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../../job/activities.js';

/**
 * It ends by itself within half an hour, and goes on in another worker as soon as its own one stops. It is one request
 * per tick, so there is no end of attempts.
 */
export const { watchJobs } = proxyActivities<KeboolaActivities>({
  summary: 'Watch for the ends of jobs',
  startToCloseTimeout: '45m',
  heartbeatTimeout: '10s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5s' },
});
