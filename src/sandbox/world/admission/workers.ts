import { isRefused } from './admission.js';
import type { Job } from '../job-record.js';
import { startRun } from '../start-run.js';
import type { World } from '../world.js';

/** A message of the queue becomes visible; the next free worker takes it. */
export function messageArrives(world: World, job: Job): void {
  world.messages.add(job.facts.id);
  dispatch(world);
}

/** Free workers take messages until either runs out. */
export function dispatch(world: World): void {
  for (const jobId of world.messages) {
    if (world.executing.size >= world.settings.workers) return;
    world.messages.delete(jobId);
    const job = world.jobs.get(jobId);
    if (job !== undefined) consume(world, job);
  }
}

/**
 * One process of a worker: it takes the lock, looks at the project's limit and at the status, and either executes the
 * job or puts the message back, without a trace in the document (keboola/syrup Command/JobCommand.php).
 */
function consume(world: World, job: Job): void {
  const { status } = job.facts;
  // The job was cancelled meanwhile, or another worker executes it: the message is used up.
  if (job.isExecuting || (status !== 'waiting' && status !== 'processing')) return;
  if (isRefused(world, job)) {
    world.schedule(world.settings.lockRetryDelaySeconds, { kind: 'message', jobId: job.facts.id });
    return;
  }
  world.locks.set(job.facts.lockName, job);
  world.executing.add(job);
  startRun(world, job);
}
