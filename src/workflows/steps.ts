import { isCancellation } from '@temporalio/workflow';
import type { JobReading, ReadOrder } from '../job/remote-steps.js';
import { readJob } from './activities.js';
import { reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** Looks at a job once. A look that fails on our side is no answer; only a cancellation is thrown. */
export async function look(life: JobLife, order: ReadOrder): Promise<JobReading> {
  const { state, time } = life;
  const isOurs = order.jobId === state.created?.jobId;
  try {
    if (isOurs) state.snapshot.polls += 1;
    const askedMs = time.now();
    const reading = await readJob(order);
    if (reading.kind === 'read') life.heard(reading.searchAttributes, askedMs);
    if (isOurs && reading.kind === 'no-answer' && reading.deferredMs !== undefined) state.snapshot.polls -= 1;
    return reading;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}
