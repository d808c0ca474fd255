import type { Token } from '../fixture/schema.js';
import { isFinished } from './job-record.js';
import type { Job, JobStatus } from './job-record.js';
import { cancel } from './life.js';
import type { World } from './world.js';

/**
 * Accepts a kill of a waiting or running job and of everything under its run id; a running job is terminated only after
 * the kill latency. Answers the status that forbids it, if one does.
 */
export function killJob(world: World, job: Job, killer: Token): JobStatus | undefined {
  const { status, runId } = job.facts;
  if (status === 'terminating' || isFinished(status)) return status;
  kill(world, job, killer);
  for (const other of world.jobs.values()) {
    const isBelow = other.project === job.project && other.facts.runId.startsWith(`${runId}.`);
    if (isBelow) kill(world, other, killer);
  }
  return undefined;
}

function kill(world: World, job: Job, killer: Token): void {
  const terminatedBy = { id: killer.id, description: killer.description };
  if (job.facts.status === 'waiting') {
    cancel(world, job, terminatedBy);
  } else if (job.facts.status === 'processing') {
    world.write(job, { status: 'terminating', terminatedBy });
    world.schedule(world.settings.killLatencySeconds, { kind: 'terminate', jobId: job.facts.id });
  }
}
