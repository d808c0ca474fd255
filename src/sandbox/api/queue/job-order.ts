import { QueueProblem } from '../../answer/queue-problem.js';
import { scalarText } from '../../json.js';
import type { QueueJobFacts } from './queue-call.js';

type Key = string | number | bigint | null;
type KeyOf = (facts: QueueJobFacts) => Key;

const SEARCH_KEYS: Readonly<Record<string, KeyOf>> = {
  id: ({ id }) => BigInt(id),
  runId: ({ runId }) => runId,
  projectId: ({ project }) => project.id,
  branchId: ({ queue }) => queue.branchId,
  componentId: ({ params }) => scalarText(params['component']) ?? null,
  configId: ({ params }) => scalarText(params['config']) ?? null,
  tokenDescription: ({ token }) => token.description,
  status: ({ status }) => status,
  createdTime: ({ createdAtMs }) => createdAtMs,
  updatedTime: ({ createdAtMs, startedAtMs, endedAtMs }) => endedAtMs ?? startedAtMs ?? createdAtMs,
  startTime: ({ startedAtMs }) => startedAtMs,
  endTime: ({ endedAtMs }) => endedAtMs,
  durationSeconds: ({ durationSeconds }) => durationSeconds,
};

const { updatedTime: _searchOnly, ...common } = SEARCH_KEYS;
const PRIMARY_KEYS: Readonly<Record<string, KeyOf>> = {
  ...common,
  projectName: ({ project }) => project.name,
  tokenId: ({ token }) => token.id,
  configRowIds: ({ queue }) => queue.configRowIds.join(),
  tag: ({ queue }) => queue.tag,
  mode: ({ params }) => scalarText(params['mode']) ?? null,
  result: ({ result }) => JSON.stringify(result),
};

type Compare = (one: QueueJobFacts, other: QueueJobFacts) => number;

/** What `sortBy` and `sortOrder` ask for; jobs without the value come last. @throws QueueProblem 400 */
export function jobOrder(query: URLSearchParams, list: 'search' | 'primary', orderByDefault: 'asc' | 'desc'): Compare {
  const [by, order] = [query.get('sortBy') ?? 'id', query.get('sortOrder') ?? orderByDefault];
  const keys = list === 'search' ? SEARCH_KEYS : PRIMARY_KEYS;
  const keyOf = Object.hasOwn(keys, by) ? keys[by] : undefined;
  if (keyOf === undefined) throw unusable('sortBy', by, Object.keys(keys));
  if (order !== 'asc' && order !== 'desc') throw unusable('sortOrder', order, ['asc', 'desc']);
  const sign = order === 'asc' ? 1 : -1;
  return (one, other) => compare(keyOf(one), keyOf(other), sign) || compare(BigInt(one.id), BigInt(other.id), sign);
}

function compare(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -sign : sign;
}

function unusable(name: string, value: string, possible: readonly string[]): QueueProblem {
  const message = `Value "${value}" of "${name}" is not one of ${possible.join(', ')}`;
  return new QueueProblem(400, message, 400, [{ path: name, message }]);
}
