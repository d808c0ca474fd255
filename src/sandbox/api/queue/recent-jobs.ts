import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { scalarText } from '../../json.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { jobOrder } from './job-order.js';
import { indexedJobs } from './list-jobs.js';
import { describeJob } from './queue-call.js';
import type { QueueJobFacts } from './queue-call.js';
import { PAGE_MAX, pageRange, queryNumber } from './query-number.js';

const MONTH_MS = 31 * 86_400_000;

/** `GET /configurations-jobs`, deprecated: the latest jobs of each configuration. */
export function listConfigurationsJobs(call: Call): Answer {
  const each = queryNumber(call, 'jobsPerConfiguration', { otherwise: 1, min: 1, max: PAGE_MAX });
  return latest(call, each, () => true);
}

/** `GET /latest-configurations-jobs`, deprecated: the latest job of each configuration that ran in the last month. */
export function listLatestJobs(call: Call): Answer {
  const sinceMs = call.simulation.world.nowMs - MONTH_MS;
  return latest(call, 1, ({ createdAtMs }) => createdAtMs >= sinceMs);
}

function latest(call: Call, each: number, accepts: (facts: QueueJobFacts) => boolean): Answer {
  const { project } = queueHolder(call);
  const { from, to } = pageRange(call);
  const counts = new Map<string, number>();
  const found = indexedJobs(call, project, accepts).filter(({ params, queue }) => {
    const config = scalarText(params['config']);
    if (config === undefined) return false;
    const key = JSON.stringify([queue.branchId, params['component'], config]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= each;
  });
  found.sort(jobOrder(call.query, 'search', 'asc'));
  return ok(found.slice(from, to).map((facts) => describeJob(call, facts, true)));
}
