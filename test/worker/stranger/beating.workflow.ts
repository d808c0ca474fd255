import { proxyActivities } from '@temporalio/workflow';

export * from '../../../src/workflows/index.js';

const { beats } = proxyActivities<{ beats(told: string): Promise<void> }>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: '1s',
  cancellationType: 'TRY_CANCEL',
  retry: { maximumAttempts: 1 },
});

/** Its activity is lost after a heartbeat, which a server then writes into the history. */
export async function heardBeating(told: string): Promise<void> {
  await beats(told);
}
