import type { Token } from '../fixture/schema.js';
import { isFinished } from './job-record.js';
import type { Job, JobStatus } from './job-record.js';
import { cancel, finish, terminate } from './life.js';
import type { World } from './world.js';

/**
 * Accepts a kill of a waiting or running job, and of everything unfinished under its run id; a running job is
 * terminated only after the kill latency. Returns the status that forbids the kill, if one does.
 */
export function killJob(world: World, job: Job, killer: Token): JobStatus | undefined {
  const { status, runId } = job.facts;
  if (status === 'terminating' || isFinished(status)) return status;
  deliverKill(world, job, killer);
  if (!world.settings.killPropagation) return undefined;
  for (const other of world.jobs.oldestFirst()) {
    const isBelow = other.project === job.project && other.facts.runId.startsWith(`${runId}.`);
    if (isBelow) deliverKill(world, other, killer);
  }
  return undefined;
}

/** The kill reaches the worker, unless the job has ended before. */
export function killed(world: World, job: Job): void {
  if (job.facts.status !== 'terminating') return;
  if (killStyle(world, job) !== 'finishFirst') {
    terminate(world, job);
    return;
  }
  // The worker writes its whole document, knowing nothing of the kill (keboola/syrup Command/JobCommand.php).
  finish(world, job, { terminatedBy: { id: null, description: null } });
}

/** The cleanup runs after the job's own end and overwrites it unseen (keboola/syrup Command/JobCleanupCommand.php). */
export function flip(world: World, job: Job): void {
  if (isFinished(job.facts.status)) terminate(world, job);
}

/** Delivers a kill to one job. */
export function deliverKill(world: World, job: Job, killer: Token): void {
  const { status, id } = job.facts;
  const terminatedBy = { id: killer.id, description: killer.description };
  const style = killStyle(world, job);
  if (style === 'ignore') return;
  if (status === 'waiting' || status === 'created') {
    const isOutOfReach = job.isGhost && world.settings.ghostKill === 'stays';
    if (!isOutOfReach) cancel(world, job, terminatedBy);
  } else if (status === 'processing') {
    world.write(job, { status: 'terminating', terminatedBy });
    if (style === 'hang') return;
    const afterSeconds = job.script.killLatencySeconds ?? world.settings.killLatencySeconds;
    world.schedule(afterSeconds, { kind: 'killed', jobId: id });
  }
}

function killStyle({ settings }: World, { script }: Job): NonNullable<Job['script']['whenKilled']> {
  return script.whenKilled ?? settings.whenKilled;
}
