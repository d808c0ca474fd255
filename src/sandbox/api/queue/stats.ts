import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { isQueueJob } from './queue-call.js';

/** `GET /stats/project`: for how long the project's standard jobs have worked; only those are billed. */
export function showStats(call: Call): Answer {
  const { project } = queueHolder(call);
  const { world } = call.simulation;
  let durationSum = 0;
  for (const { facts, project: owner } of world.jobs.oldestFirst()) {
    if (owner === project && isQueueJob(facts) && facts.queue.type === 'standard') {
      durationSum += facts.durationSeconds ?? 0;
    }
  }
  return ok({ jobs: { durationSum } });
}
