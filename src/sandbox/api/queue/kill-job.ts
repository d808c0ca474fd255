import type { Answer } from '../../answer/answer.js';
import { INTERNAL_MESSAGE, QueueProblem } from '../../answer/queue-problem.js';
import { isFinished } from '../../world/job-record.js';
import type { Job } from '../../world/job-record.js';
import { killQueueJob } from '../../world/queue/kill-queue-job.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { describeJob, findJob, unknownJob } from './queue-call.js';

/**
 * `POST /jobs/{id}/kill`: records the request, on which the daemon acts later. Stacks and sources disagree on the
 * answer if there is nothing to kill, so a client has to read the job in any case.
 */
export function killJob(call: Call): Answer {
  const holder = queueHolder(call);
  const { world, settings } = call.simulation;
  const job = findJob(call, holder);
  if (job === undefined) throw settings.queueKillUnknown === 'fails' ? innerNotFound() : unknownJob(call);
  const { status } = job.facts;
  if (isFinished(status)) {
    if (settings.queueKillFinished === 'fails') throw innerNotFound();
    if (settings.queueKillFinished === 'refused') throw notKillable(job);
  } else if (status === 'terminating') {
    if (settings.queueKillTerminating === 'refused') throw notKillable(job);
  } else {
    killQueueJob(world, job, holder.token);
  }
  return { status: settings.queueKillStatus, json: describeJob(call, job.facts) };
}

/** The 500 shows a 404 of the internal API in its body: seen by the authors of keboola/cli, pull request 182. */
function innerNotFound(): QueueProblem {
  return new QueueProblem(500, INTERNAL_MESSAGE, 404);
}

function notKillable({ facts: { id, status } }: Job): QueueProblem {
  return new QueueProblem(
    400,
    `Job "${id}" is not in one of killable states (created, waiting, processing), it is ${status}`,
  );
}
