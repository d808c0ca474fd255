import type { Job } from '../job-record.js';
import { parallelLimitOf } from './parallel-limit.js';
import { isUnlimited } from './project-load.js';
import { nestingLevel, parentRunId } from '../run-id.js';
import type { World } from '../world.js';

/** Whether a job has to wait because of another one. */
export function isRefused(world: World, job: Job): boolean {
  return world.locks.has(job.facts.lockName) || isLimitReached(world, job);
}

/**
 * The project's parallel limit, with Keboola's exception against deadlocks of parents and children: a nested job is
 * admitted anyway when no job under the same parent run id and of the same level is running
 * (keboola/syrup Command/JobCommand.php, isParallelLimitExceeded).
 */
function isLimitReached(world: World, job: Job): boolean {
  const { facts } = job;
  const limit = parallelLimitOf(world.settings, job.project);
  if (limit === undefined || isUnlimited(facts)) return false;
  const running = world.load.others(job);
  if (running.length < limit) return false;
  const [level, prefix] = [nestingLevel(facts.runId), `${parentRunId(facts.runId)}.`];
  const isSibling = ({ facts: { runId } }: Job): boolean => runId.startsWith(prefix) && nestingLevel(runId) === level;
  return level === 0 || running.some(isSibling);
}
