import { CancellationScope, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import type { RunJobInput } from '../job/input.js';
import type { JobResult } from '../job/result.js';
import { prepareRun } from './activities.js';
import { createOnce } from './create-once.js';
import { closingFailure } from './failures.js';
import { finish, remember } from './finish.js';
import { JobLife } from './job-life.js';
import { stopJob } from './stop-job.js';
import { waitForEnd } from './wait-for-end.js';

/** Runs one Keboola job: creates it once, waits for its end through anything, and stops it for certain when cancelled. */
export async function runJob(input: RunJobInput): Promise<JobResult> {
  const life = new JobLife();
  try {
    const result = await live(life, input);
    await life.close();
    return result;
  } catch (error) {
    const failed = isCancellation(error) ? await stop(life, error as TemporalFailure) : closingFailure(error);
    await life.close(failed);
    throw failed;
  }
}

async function live(life: JobLife, input: RunJobInput): Promise<JobResult> {
  const plan = await prepareRun(input);
  life.planned(plan);
  const job = await createOnce(life, plan, input);
  life.jobCreated(job);
  const end = await waitForEnd(life, plan, job);
  return await finish(life, plan, job, end);
}

/** Somebody pressed stop. @returns the cancellation to close with, or the failure to stop the job. */
async function stop(life: JobLife, cancellation: TemporalFailure): Promise<TemporalFailure> {
  const { plan, created: job } = life;
  // Either nothing was created, or the job is known to be over and this cancellation is our own.
  if (!plan || !job || life.remembered) return cancellation;
  try {
    const end = await CancellationScope.nonCancellable(() => stopJob(life, plan, job));
    const killed = end.status === 'terminated' || end.status === 'cancelled';
    remember(life, job, end, killed ? 'killed-by-us' : 'finished-first');
    return cancellation;
  } catch (error) {
    return closingFailure(error);
  }
}
