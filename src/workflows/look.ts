import { isCancellation } from '@temporalio/workflow';
import type { JobReading } from '../job/run-plan.js';
import { readJob } from './activities.js';
import { reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** Rests, then looks at the job once. A look that fails on our side is no answer; only a cancellation is thrown. */
export async function lookAfter(
  life: JobLife,
  delayMs: number,
  job: { connection: string; jobId: string },
): Promise<JobReading> {
  await life.rest(delayMs);
  try {
    return await readJob(job);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}
