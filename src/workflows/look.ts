import { isCancellation } from '@temporalio/workflow';
import type { JobReading, ReadOrder } from '../job/run-plan.js';
import { readJob } from './activities.js';
import { reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** Looks at a job once. A look that fails on our side is no answer; only a cancellation is thrown. */
export async function look(life: JobLife, order: ReadOrder): Promise<JobReading> {
  if (order.jobId === life.state.created?.jobId) life.state.snapshot.polls += 1;
  try {
    return await readJob(order);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}
