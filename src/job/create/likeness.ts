import { hash64 } from '../text/hash.js';
import type { RunJobInput } from '../input.js';

/** What is sent with a creation and shown by its job as it was sent. */
export type Sent = Pick<
  RunJobInput,
  | 'config'
  | 'configData'
  | 'rows'
  | 'mode'
  | 'tag'
  | 'branchId'
  | 'variableValuesId'
  | 'variableValuesData'
  | 'parallelism'
  | 'flowTasks'
>;

/** A digest of each field of what was sent: of a creation without a mark of its own, all that its job can be known by. */
export type Likeness = Partial<Record<keyof Sent, string>>;

/** Nobody fills these in who was not asked to, so that their absence tells as much. */
const NEVER_RESOLVED: Sent = { configData: {}, rows: [], flowTasks: [], mode: 'run' };

export function likenessOf(sent: Sent): Likeness {
  const { config, configData, rows, mode, tag, branchId, variableValuesId, ...others } = { ...NEVER_RESOLVED, ...sent };
  const { variableValuesData, parallelism, flowTasks } = others;
  return digests({
    ...{ config, configData, rows, mode, tag, branchId },
    ...{ variableValuesId, variableValuesData, parallelism, flowTasks },
  });
}

/**
 * Whether a job shows what was sent. What its document leaves out speaks against nothing; what was not sent, the server may
 * have resolved by itself.
 */
export function isLike(shown: Sent, wanted: Likeness): boolean {
  const seen = digests(shown);
  return Object.entries(wanted).every(([field, digest]) => {
    const own = seen[field as keyof Sent];
    return own === undefined || own === digest;
  });
}

function digests(sent: { [Field in keyof Sent]: unknown }): Likeness {
  const told = Object.entries(sent).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.map(([field, value]) => [field, digest(value, ORDERLESS.includes(field))]));
}

/** Lists of ids, whose order means nothing. */
const ORDERLESS = ['rows', 'flowTasks'];

function digest(value: unknown, isOrderless: boolean): string {
  const ordered = isOrderless && Array.isArray(value) ? value.map(String).sort() : value;
  return hash64(JSON.stringify(plain(ordered)))
    .map((half) => half.toString(36))
    .join('-');
}

/**
 * One spelling for what Keboola spells in several ways: PHP writes an empty object, or one with the keys 0, 1 and so on, as a
 * list, ids come as numbers, and secrets are encrypted on their way.
 */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return null;
  if (fields.every(([key], at) => key === String(at))) return fields.map(([, field]) => plain(field));
  return fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, key.startsWith('#') || plain(field)]);
}
