import { QueueProblem } from '../../answer/queue-problem.js';
import { queueJobDocument } from '../../documents/queue-job-document.js';
import type { QueueView } from '../../documents/queue-job-document.js';
import type { JsonObject } from '../../json.js';
import type { Job, JobFacts } from '../../world/job-record.js';
import type { QueueFacts } from '../../world/queue/queue-facts.js';
import type { Call, Holder } from '../call.js';

export type QueueJobFacts = JobFacts & { queue: QueueFacts };

/** False for a job that Syrup created before its project moved to Queue v2. */
export function isQueueJob(facts: JobFacts): facts is QueueJobFacts {
  return facts.queue !== undefined;
}

/** A Queue v2 job of the caller's project, whoever created it. */
export function findJob(call: Call, { project }: Holder): Job | undefined {
  const job = call.simulation.world.jobs.get(call.params['id'] ?? '');
  return job?.project === project && isQueueJob(job.facts) ? job : undefined;
}

export function unknownJob(call: Call): QueueProblem {
  return new QueueProblem(404, `Job "${call.params['id'] ?? ''}" not found`);
}

export function describeJob({ simulation, origin }: Call, facts: JobFacts, isList = false): JsonObject {
  if (!isQueueJob(facts)) throw new Error(`Job ${facts.id} was not made by Queue v2`);
  const { documents, settings } = simulation;
  const view: QueueView = { documents, settings, origin, isList };
  return queueJobDocument(view, facts);
}

/** A refusal for which the platform has no code of its own: the status is 400, `code` is 0 or, by a setting, 400. */
export function codeless({ simulation }: Call, message: string): QueueProblem {
  return new QueueProblem(400, message, simulation.settings.queueErrorCode === 'zero' ? 0 : 400);
}
