import type { Call } from '../call.js';
import { parsePhpTime } from '../../query/php-time.js';
import { parentRunId } from '../../world/run-id.js';
import { scalarText } from '../../json.js';
import { queryList } from '../query-list.js';
import type { QueueJobFacts } from './queue-call.js';
import { MAIN_BRANCH_ID } from '../../world/queue/queue-job.js';

export type Accepts = (facts: QueueJobFacts) => boolean;

/** A job's values for one filter; the job is found if any of them was asked for. */
type ValuesOf = (facts: QueueJobFacts) => readonly (string | undefined)[];

const componentId: ValuesOf = ({ params }) => [scalarText(params['component'])];
const configId: ValuesOf = ({ params }) => [scalarText(params['config'])];

/** The filters of the search. A renamed filter has both its names here; unknown names are ignored. */
const LISTED: Readonly<Record<string, ValuesOf>> = {
  id: ({ id }) => [id],
  runId: ({ runId }) => [runId],
  tokenId: ({ token }) => [token.id],
  tokenDescription: ({ token }) => [token.description],
  branchId: ({ queue }) => (queue.branchId === MAIN_BRANCH_ID ? [queue.branchId, 'null'] : [queue.branchId]),
  componentId,
  component: componentId,
  configId,
  config: configId,
  configRowIds: ({ queue }) => queue.configRowIds,
  mode: ({ params }) => [scalarText(params['mode'])],
  status: ({ status }) => [status],
  type: ({ queue }) => [queue.type],
};

/** Filters that only the grouped list has. */
const GROUPED: Readonly<Record<string, ValuesOf>> = {
  projectId: ({ project }) => [String(project.id)],
  desiredStatus: ({ queue }) => [queue.desiredStatus],
  tag: ({ queue }) => [queue.tag],
  variableValuesId: ({ params }) => [scalarText(params['variableValuesId'])],
  parentRunId: ({ runId }) => [parentRunId(runId)],
};

const { componentId: _component, configId: _config, ...STORED } = LISTED;

/** The filters of each list. The specification of the primary store's list has the old names only. */
const FILTERS = { search: LISTED, grouped: { ...LISTED, ...GROUPED }, primary: STORED } as const;

/** @throws SyrupProblem 400 for times that cannot be read */
export function jobFilter(call: Call, query: URLSearchParams, list: keyof typeof FILTERS = 'search'): Accepts {
  const all = [
    ...listFilters(query, FILTERS[list]),
    ...timeFilters(call, query),
    ...durationFilters(query),
    ...componentType(call, query),
  ];
  return (facts) => all.every((accepts) => accepts(facts));
}

/** A list's filter by `parentRunId`. Only that of the grouped list is specified; `rule` says how a list reads it. */
export function parentFilter(query: URLSearchParams, rule: 'exact' | 'prefix' | 'ignored'): Accepts {
  const asked = query.get('parentRunId');
  if (asked === null || rule === 'ignored') return () => true;
  return ({ runId }) => {
    const parent = parentRunId(runId);
    // An empty parent means the top level, even in a list that filters by prefix.
    return parent === asked || (asked !== '' && rule === 'prefix' && parent.startsWith(asked));
  };
}

function listFilters(query: URLSearchParams, filters: Readonly<Record<string, ValuesOf>>): Accepts[] {
  return Object.entries(filters).flatMap(([name, valuesOf]): Accepts[] => {
    const wanted = queryList(query, name);
    if (wanted.length === 0) return [];
    return [(facts) => valuesOf(facts).some((value) => value !== undefined && wanted.includes(value))];
  });
}

const TIMES: Readonly<Record<string, (facts: QueueJobFacts) => number | null>> = {
  createdTime: ({ createdAtMs }) => createdAtMs,
  startTime: ({ startedAtMs }) => startedAtMs,
  endTime: ({ endedAtMs }) => endedAtMs,
};

function timeFilters({ simulation }: Call, query: URLSearchParams): Accepts[] {
  const { world, documents } = simulation;
  const second = (name: string): number | undefined => {
    const text = query.get(name) ?? '';
    return text === '' ? undefined : Math.floor(parsePhpTime(text, world.nowMs, documents.zone) / 1000);
  };
  return Object.entries(TIMES).flatMap(([name, timeOf]): Accepts[] => {
    const [from, to] = [second(`${name}From`), second(`${name}To`)];
    if (from === undefined && to === undefined) return [];
    return [(facts) => isWithin(secondOf(timeOf(facts)), from, to)];
  });
}

function durationFilters(query: URLSearchParams): Accepts[] {
  const [from, to] = ['From', 'To'].map((end) => {
    const text = query.get(`durationSeconds${end}`) ?? '';
    return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  });
  if (from === undefined && to === undefined) return [];
  return [({ durationSeconds }) => isWithin(durationSeconds, from, to)];
}

/** Documents have whole seconds, so those are compared. */
function secondOf(atMs: number | null): number | null {
  return atMs === null ? null : Math.floor(atMs / 1000);
}

function isWithin(value: number | null, from: number | undefined, to: number | undefined): boolean {
  return value !== null && (from === undefined || value >= from) && (to === undefined || value <= to);
}

function componentType({ simulation }: Call, query: URLSearchParams): Accepts[] {
  const wanted = query.get('componentProps[type]') ?? '';
  if (wanted === '') return [];
  return [({ params }) => simulation.fixture.component(scalarText(params['component']) ?? '')?.type === wanted];
}
