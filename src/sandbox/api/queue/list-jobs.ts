import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { QueueProblem } from '../../answer/queue-problem.js';
import type { Project } from '../../fixture/schema.js';
import type { JobFacts } from '../../world/job-record.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { jobFilter, parentFilter } from './job-filter.js';
import type { Accepts } from './job-filter.js';
import { jobOrder } from './job-order.js';
import { describeJob, isQueueJob } from './queue-call.js';
import type { QueueJobFacts } from './queue-call.js';
import { pageRange } from './query-number.js';

/** `GET /search/jobs`: only as fresh as the search index. */
export function searchJobs(call: Call): Answer {
  const { project } = queueHolder(call);
  const { queueSearchParentRunId, queueSearchChildren, queueSearchEndTime } = call.simulation.settings;
  const isAll = queueSearchChildren === 'shown' || call.query.has('parentRunId');
  const top = isAll ? (): boolean => true : parentFilter(new URLSearchParams({ parentRunId: '' }), 'exact');
  const parents = parentFilter(call.query, queueSearchParentRunId);
  const query = queueSearchEndTime === 'obeyed' ? call.query : withoutEndTime(call.query);
  const all = indexedJobs(call, project, (facts) => parents(facts) && top(facts), query);
  return pageOf(call, all, 'search');
}

function withoutEndTime(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => !name.startsWith('endTime')));
}

/** `GET /jobs`, deprecated: reads the primary store, so it shows a job at once. A setting removes the list. */
export function listPrimaryJobs(call: Call): Answer {
  const { project } = queueHolder(call);
  const { world, settings } = call.simulation;
  if (settings.queuePrimaryList === 'gone') throw new QueueProblem(404, 'No route found for "GET /jobs"');
  const accepts = jobFilter(call, call.query, 'primary');
  const parents = parentFilter(call.query, settings.queuePrimaryParentRunId);
  const all = [...world.jobs.newestFirst()].flatMap((job) => (job.project === project ? [job.facts] : []));
  return pageOf(
    call,
    all.filter(isQueueJob).filter((facts) => accepts(facts) && parents(facts)),
    'primary',
  );
}

/** The project's jobs, as the index knows them, that pass the query's filters and one more. */
export function indexedJobs(call: Call, project: Project, alsoAccepts: Accepts, query = call.query): QueueJobFacts[] {
  const { world } = call.simulation;
  const accepts = jobFilter(call, query);
  const found: JobFacts[] = [];
  for (const job of world.jobs.newestFirst()) {
    const facts = job.project === project ? world.index.get(job.facts.id) : undefined;
    if (facts !== undefined) found.push(facts);
  }
  return found.filter(isQueueJob).filter((facts) => accepts(facts) && alsoAccepts(facts));
}

function pageOf(call: Call, found: QueueJobFacts[], list: 'search' | 'primary'): Answer {
  const { from, to } = pageRange(call);
  found.sort(jobOrder(call.query, list, 'desc'));
  return ok(found.slice(from, to).map((facts) => describeJob(call, facts, true)));
}
