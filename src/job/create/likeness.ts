import { compact, id, record } from '../text/document-fields.js';
import { hash64 } from '../text/hash.js';
import type { RunJobInput } from '../input.js';

/** The fields that a creation sends and that its job shows unchanged. */
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

/** A digest of each field that was sent. A job without a mark of its creation can only be recognized by these. */
export type Likeness = Partial<Record<keyof Sent, string>>;

/**
 * Keboola does not fill these fields in by itself, so what was not sent must not be shown. The branch is the exception:
 * a job that was sent without one shows the main branch. Tag, parallelism and backend are not listed: if they were not
 * sent they come from the configuration or the component (keboola/job-queue-internal-api-php-client
 * `JobRuntimeResolver.php`), so their absence says nothing.
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
    // With a delay, Keboola's clock sets the start time, which is not known here.
    ...(delay === undefined && { delayedStartTime }),
  });
}

/** The variables of an inline configuration stand in for those of the job (`JobRuntimeResolver.php`). */
function variablesOf({ configData, variableValuesId, variableValuesData }: Sent): Pick<Sent, 'variableValuesId'> {
  if (!configData || variableValuesId !== undefined || variableValuesData !== undefined) return {};
  return compact({
    variableValuesId: id(configData['variableValuesId']),
    variableValuesData: record(configData['variableValuesData']),
  });
}

/**
 * Whether a job shows what was sent, and nothing that somebody else must have sent. A field that its document leaves
 * out counts as a match.
 */
export function isLike(shown: Sent, wanted: Likeness): boolean {
  const seen = digests(shown);
  return Object.entries(wanted).every(([field, digest]) => {
    const own = seen[field as keyof Sent];
    return own === undefined || own === digest;
  });
}

/** Whether the job was sent without a branch; it then shows the id of the main branch. */
export function isForMainBranch({ branchId }: Likeness): boolean {
  return branchId === digest(ABSENT.branchId, false);
}

/** @param branchId the id of the main branch. */
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
    // Keboola fills in the context of the backend and moves its kind.
    backend: backend?.type,
    // Keboola keeps the time to the second and shows it in another time zone.
    delayedStartTime: delayedStartTime && Math.floor(Date.parse(delayedStartTime) / 1_000),
    variableValuesData: variableValuesData && values,
  };
}

/** Lists of ids whose order has no meaning. */
const ORDERLESS = ['rows', 'flowTasks'];

function digest(value: unknown, isOrderless: boolean): string {
  const ordered = isOrderless && Array.isArray(value) ? value.map(String).sort() : value;
  return hash64(JSON.stringify(plain(ordered)))
    .map((half) => half.toString(36))
    .join('-');
}

/**
 * Normalizes what Keboola writes in several ways: PHP writes an empty object, or one with the keys 0, 1 and so on, as a
 * list; ids may come as numbers; and secrets are encrypted on their way.
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
