import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { describeJob, findJob, unknownJob } from './queue-call.js';

/** `GET /jobs/{id}`: reads the primary store, which has a job as soon as create has answered. */
export function readJob(call: Call): Answer {
  const job = findJob(call, queueHolder(call));
  if (job === undefined) throw unknownJob(call);
  return ok(describeJob(call, job.facts));
}
