import type { Token } from '../../fixture/schema.js';
import { isFinished } from '../job-record.js';
import type { Job } from '../job-record.js';
import { deliverKill } from '../kill-job.js';
import { parentRunId } from '../run-id.js';
import type { World } from '../world.js';

/**
 * Notes that a job and those below it are to be terminated. Nothing more happens now: the daemon acts when it comes by,
 * and until then a job may end by itself.
 */
export function killQueueJob(world: World, job: Job, killer: Token): void {
  for (const one of reached(world, job)) note(world, one);
  world.schedule(world.settings.queueDaemonSeconds, {
    kind: 'effect',
    happen: () => {
      // Collected again: a container may have begun since, and created jobs.
      for (const one of reached(world, job)) {
        note(world, one);
        deliverKill(world, one, killer);
      }
    },
  });
}

function note(world: World, job: Job): void {
  const { queue, status } = job.facts;
  if (queue === undefined || isFinished(status) || queue.desiredStatus === 'terminating') return;
  world.write(job, { queue: { ...queue, desiredStatus: 'terminating' } });
}

function reached(world: World, job: Job): Job[] {
  // A job that the sandbox has forgotten has nothing below it any more.
  if (world.jobs.get(job.facts.id) !== job) return [];
  return [job, ...(world.settings.killPropagation ? below(world, job) : [])];
}

/** Whether a kill passes a level of the run id that belongs to no job is not known; the setting decides. */
function below(world: World, job: Job): Job[] {
  const others = [...world.jobs.oldestFirst()].filter(({ project }) => project === job.project);
  if (world.settings.queueKillBelow === 'prefix') {
    return others.filter(({ facts }) => facts.runId.startsWith(`${job.facts.runId}.`));
  }
  const reached = new Set([job.facts.runId]);
  // Parents have lower ids than their children, so one pass finds all levels.
  return others.filter(({ facts }) => {
    const isChild = reached.has(parentRunId(facts.runId));
    if (isChild) reached.add(facts.runId);
    return isChild;
  });
}
