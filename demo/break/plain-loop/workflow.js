import { proxyActivities, sleep } from '@temporalio/workflow';

/**
 * A poll loop as a good engineer writes it in ten minutes, with Temporal's defaults: for `demo --break` to compare with.
 * It survives a lost worker while it polls, and retries what fails. It does not know what became of a creation that was
 * not answered, and nobody tells Keboola when it is cancelled.
 *
 * Ten seconds are ample for these requests. A longer time limit would only make the second job later; the default retry
 * policy and the default cancellation type are left alone, because they are what is shown.
 */
const { createJob, readStatus } = proxyActivities({ startToCloseTimeout: '10s' });

const FINAL = ['success', 'error', 'warning', 'terminated', 'cancelled'];

export async function plainLoop(connection, component, configData) {
  const jobId = await createJob(connection, component, configData);
  // As long as the job takes: a bound is one of the things that come on the second day.
  for (;;) {
    await sleep('1s');
    const status = await readStatus(connection, jobId);
    if (FINAL.includes(status)) return status;
  }
}
