import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { QueueProblem } from '../../answer/queue-problem.js';
import type { JsonObject } from '../../json.js';
import { scalarText } from '../../json.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { queryList } from '../query-list.js';
import { jobFilter } from './job-filter.js';
import { jobOrder } from './job-order.js';
import { indexedJobs } from './list-jobs.js';
import { describeJob } from './queue-call.js';
import type { QueueJobFacts } from './queue-call.js';
import { PAGE_MAX, queryNumber } from './query-number.js';

const KEYS: Readonly<Record<string, (facts: QueueJobFacts) => string | undefined>> = {
  projectId: ({ project }) => String(project.id),
  branchId: ({ queue }) => queue.branchId,
  componentId: ({ params }) => scalarText(params['component']),
  configId: ({ params }) => scalarText(params['config']),
};
const JOBS_PER_GROUP_DEFAULT = 5;
const GROUPS_DEFAULT = 100;

/** `GET /search/grouped-jobs`: reads the same index as the search, but lists the oldest jobs first by default. */
export function listGroupedJobs(call: Call): Answer {
  const { project } = queueHolder(call);
  const fields = groupFields(call.query);
  const jobsPerGroup = queryNumber(call, 'jobsPerGroup', { otherwise: JOBS_PER_GROUP_DEFAULT, min: 1, max: PAGE_MAX });
  const limit = queryNumber(call, 'limit', { otherwise: GROUPS_DEFAULT, min: 1, max: PAGE_MAX });
  if (jobsPerGroup * limit > PAGE_MAX) {
    throw new QueueProblem(400, `"jobsPerGroup" times "limit" must be at most ${PAGE_MAX}`);
  }
  const query = filtersOf(call);
  const found = indexedJobs(call, project, jobFilter(call, query, 'grouped'), query);
  const groups = groupsOf(found.sort(jobOrder(call.query, 'search', 'asc')), fields);
  return ok(
    groups.slice(0, limit).map(({ group, jobs }) => ({
      group,
      jobs: jobs.slice(0, jobsPerGroup).map((facts) => describeJob(call, facts, true)),
    })),
  );
}

function groupFields(query: URLSearchParams): string[] {
  const fields = queryList(query, 'groupBy');
  const unknown = fields.find((field) => !Object.hasOwn(KEYS, field));
  if (fields.length > 0 && unknown === undefined) return fields;
  const message = `"groupBy" must be one or more of ${Object.keys(KEYS).join(', ')}`;
  throw new QueueProblem(400, message, 400, [{ path: 'groupBy', message }]);
}

/** In the specification the filters are bare; one of Keboola's clients wraps them in `filters[…]`. */
function filtersOf({ query, simulation }: Call): URLSearchParams {
  if (simulation.settings.queueGroupedFilters === 'bare') return query;
  const unwrapped = [...query].flatMap(([key, value]): [string, string][] => {
    const [, name, rest = ''] = /^filters\[([^\]]+)\](.*)$/.exec(key) ?? [];
    return name === undefined ? [] : [[name + rest, value]];
  });
  return new URLSearchParams(unwrapped);
}

interface Group {
  group: JsonObject;
  jobs: QueueJobFacts[];
}

/** A job that lacks one of the fields is in no group, as in every aggregation of Elasticsearch. */
function groupsOf(found: readonly QueueJobFacts[], fields: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const facts of found) {
    const values = fields.map((field) => KEYS[field]?.(facts));
    if (values.includes(undefined)) continue;
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? {
      group: Object.fromEntries(fields.map((name, at) => [name, values[at]])),
      jobs: [],
    };
    groups.set(key, group);
    group.jobs.push(facts);
  }
  return [...groups.values()];
}
