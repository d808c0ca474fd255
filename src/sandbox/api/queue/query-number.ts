import { QueueProblem } from '../../answer/queue-problem.js';
import type { Call } from '../call.js';

/** The largest page (internal client, and what the clients of Keboola send). */
export const PAGE_MAX = 500;

const LIMIT_DEFAULT = 100;
const OFFSET_MAX = 1_000_000;

interface Range {
  otherwise: number;
  min: number;
  max: number;
}

/** A whole number of the query; a setting decides if one above `max` is refused or capped. @throws QueueProblem */
export function queryNumber({ query, simulation }: Call, name: string, { otherwise, min, max }: Range): number {
  const text = query.get(name) ?? '';
  if (text === '') return otherwise;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value > max && simulation.settings.queueLimitOver === 'capped') return max;
  if (value >= min && value <= max) return value;
  const message = `"${name}" must be a whole number from ${min} to ${max}, not "${text}"`;
  throw new QueueProblem(400, message, 400, [{ path: name, message }]);
}

/** The range of a list that the query asks for. @throws QueueProblem */
export function pageRange(call: Call): { from: number; to: number } {
  const limit = queryNumber(call, 'limit', { otherwise: LIMIT_DEFAULT, min: 1, max: PAGE_MAX });
  const from = queryNumber(call, 'offset', { otherwise: 0, min: 0, max: OFFSET_MAX });
  return { from, to: from + limit };
}
