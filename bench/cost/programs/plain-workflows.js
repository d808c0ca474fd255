import { proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import { nextDelayMs } from '../../../dist/job/wait/poll-schedule.js';

/**
 * How one waits for a job with Temporal alone. All of them return what Keboola has told last. They rest by our own
 * schedule, so that reads cost as many requests as ours: what differs is what Temporal has to do for them.
 */

/** A job of the sandbox starts within this time after its creation. */
const START_MS_MAX = 500;
const TIMES = { startToCloseTimeout: '10s', cancellationType: 'TRY_CANCEL' };
const { createJob, readJob } = proxyActivities(TIMES);
const { readJob: readLocally } = proxyLocalActivities(TIMES);
/** As in Temporal's sample of infrequent polling, but for the rests, which the activity itself chooses. */
const { pollJob } = proxyActivities({ ...TIMES, retry: { initialInterval: '1s', backoffCoefficient: 1 } });

/** What any durable creation costs: nobody waits for the job. */
export async function createOnly(component, configData) {
  return await createJob(component, configData);
}

/**
 * The least that any wait in Temporal costs: one timer as long as the job, one look, and a caller who waits. Nobody can
 * wait like this, because nobody knows how long a job takes.
 */
export async function oneTimer(component, configData) {
  const { id } = await createJob(component, configData);
  await sleep(configData.parameters.sandbox.durationSeconds * 1_000 + START_MS_MAX);
  return await readLocally(String(id));
}

/** A loop as a good engineer writes it. */
export async function plainLoop(component, configData) {
  return await untilFinished(await createJob(component, configData), readJob);
}

export async function plainLoopLocal(component, configData) {
  return await untilFinished(await createJob(component, configData), readLocally);
}

export async function activityRetry(component, configData) {
  const { id } = await createJob(component, configData);
  return await pollJob(String(id));
}

async function untilFinished({ id }, read) {
  const createdMs = Date.now();
  // As long as the job takes.
  for (;;) {
    await sleep(nextDelayMs({ phase: 'processing', ageMs: Date.now() - createdMs, random: Math.random }));
    const job = await read(String(id));
    if (job.isFinished) return job;
  }
}
