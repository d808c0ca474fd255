import type { Job, JobFacts } from './job-record.js';
import type { World } from './world.js';

type Ending = Pick<JobFacts, 'endedAtMs' | 'durationSeconds'>;

/** The times that the cleanup after a kill writes. */
export function ending(world: World, { facts }: Job): Ending {
  const { startedAtMs } = facts;
  const durationSeconds = startedAtMs === null ? null : wholeSeconds(startedAtMs, world.nowMs);
  return { endedAtMs: world.nowMs, durationSeconds };
}

/** The times that a worker writes after an attempt, even a repeated one; only it knows how long the job waited. */
export function attemptEnding(world: World, job: Job): Ending & Pick<JobFacts, 'waitSeconds'> {
  const { startedAtMs, createdAtMs } = job.facts;
  const waitSeconds = startedAtMs === null ? null : wholeSeconds(createdAtMs, startedAtMs);
  return { ...ending(world, job), waitSeconds };
}

/** PHP's clock has whole seconds, so the difference is one of truncated times. */
function wholeSeconds(fromMs: number, toMs: number): number {
  return Math.floor(toMs / 1000) - Math.floor(fromMs / 1000);
}
