import { parallelLimitOf } from '../admission/parallel-limit.js';
import { isUnlimited } from '../admission/project-load.js';
import type { Job } from '../job-record.js';
import { startRun } from '../start-run.js';
import type { World } from '../world.js';

/**
 * The daemon of Queue v2 looks at a job that has not begun, and starts it or shows it as waiting and comes back. There
 * are no workers to wait for: a job waits for its own delay, its container, its configuration or its project.
 */
export function daemonLooks(world: World, job: Job): void {
  const { status, id, queue } = job.facts;
  if (job.isExecuting || (status !== 'created' && status !== 'waiting')) return;
  const delayMs = (queue?.delayedStartMs ?? 0) - world.nowMs;
  if (delayMs > 0) {
    // The status stays: the job waits for its own delay, not for another job.
    world.schedule(delayMs / 1000, { kind: 'message', jobId: id });
  } else if (isBlocked(world, job)) {
    if (status !== 'waiting') world.write(job, { status: 'waiting' });
    world.schedule(world.settings.queueDaemonSeconds, { kind: 'message', jobId: id });
  } else {
    world.locks.set(job.facts.lockName, job);
    startRun(world, job);
  }
}

function isBlocked(world: World, job: Job): boolean {
  return job.mayBegin?.() === false || world.locks.has(job.facts.lockName) || isLimitReached(world, job);
}

/** Without Syrup's exception for nested jobs: here a job over the limit simply waits. */
function isLimitReached(world: World, job: Job): boolean {
  if (isUnlimited(job.facts)) return false;
  const limit = parallelLimitOf(world.settings, job.project);
  return limit !== undefined && world.load.others(job).length >= limit;
}
