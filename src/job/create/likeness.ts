import { compact, id, record } from '../text/document-fields.js';
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
  | 'backend'
  | 'delay'
  | 'delayedStartTime'
>;

/** A digest of each field of what was sent: of a creation without a mark of its own, all that its job can be known by. */
export type Likeness = Partial<Record<keyof Sent, string>>;

/**
 * Nobody fills these in who was not asked to, so that their absence tells as much; but for the branch, where it says that it is
 * the main one. Tag, parallelism and backend come from the configuration or the component where they were not sent
 * (keboola/job-queue-internal-api-php-client `JobRuntimeResolver.php`), so that they say nothing then.
 */
const ABSENT = {
  configData: {},
  rows: [],
  flowTasks: [],
  mode: 'run',
  branchId: '',
  variableValuesId: '',
  variableValuesData: { values: [] },
  delayedStartTime: '',
} as const;

export function likenessOf(sent: Sent): Likeness {
  const whole = { ...ABSENT, ...variablesOf(sent), ...sent } as Sent;
  const { config, configData, rows, mode, tag, branchId, parallelism, flowTasks, backend, ...others } = whole;
  const { variableValuesId, variableValuesData, delay, delayedStartTime } = others;
  return digests({
    config,
    configData,
    rows,
    mode,
    tag,
    branchId,
    parallelism,
    flowTasks,
    backend,
    variableValuesId,
    variableValuesData,
    // By Keboola's clock, which is not known here.
    ...(delay === undefined && { delayedStartTime }),
  });
}

/** Those that an inline configuration brings stand for those of the job (`JobRuntimeResolver.php`). */
function variablesOf({ configData, variableValuesId, variableValuesData }: Sent): Pick<Sent, 'variableValuesId'> {
  if (!configData || variableValuesId !== undefined || variableValuesData !== undefined) return {};
  return compact({
    variableValuesId: id(configData['variableValuesId']),
    variableValuesData: record(configData['variableValuesData']),
  });
}

/**
 * Whether a job shows what was sent, and nothing else that somebody must have sent. What its document leaves out speaks
 * against nothing.
 */
export function isLike(shown: Sent, wanted: Likeness): boolean {
  const seen = digests(shown);
  return Object.entries(wanted).every(([field, digest]) => {
    const own = seen[field as keyof Sent];
    return own === undefined || own === digest;
  });
}

/** Whether it was sent without a branch; its job shows the number of the main one. */
export function isForMainBranch({ branchId }: Likeness): boolean {
  return branchId === digest(ABSENT.branchId, false);
}

/** @param branchId the number of the main branch. */
export function inMainBranch(wanted: Likeness, branchId: string): Likeness {
  return { ...wanted, ...digests({ branchId }) };
}

type Given = { [Field in keyof Sent]: Sent[Field] | undefined };

function digests(sent: Given): Likeness {
  const told = Object.entries(comparable(sent)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.map(([field, value]) => [field, digest(value, ORDERLESS.includes(field))]));
}

function comparable({ backend, delayedStartTime, variableValuesData, ...same }: Given): Record<string, unknown> {
  const values = record(variableValuesData)?.['values'] ?? [];
  return {
    ...same,
    // Its context is filled in, and its kind is moved.
    backend: backend?.type,
    // It is kept to the second, and told in another zone.
    delayedStartTime: delayedStartTime && Math.floor(Date.parse(delayedStartTime) / 1_000),
    variableValuesData: variableValuesData && values,
  };
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
