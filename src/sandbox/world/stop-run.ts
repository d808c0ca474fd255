import type { Job } from './job-record.js';
import type { World } from './world.js';

/** The worker lets go of the job: both the worker and the lock are free again. */
export function stopRun(world: World, job: Job): void {
  job.isExecuting = false;
  world.executing.delete(job);
  if (world.locks.get(job.facts.lockName) === job) world.locks.delete(job.facts.lockName);
}
