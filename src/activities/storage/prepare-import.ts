import type { NoAnswer } from '../../job/failure/no-answer.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { StorageCall, StorageProgress } from '../../job/storage/calls.js';
import type { ImportTableInput } from '../../job/storage/input.js';
import { separatorWarning } from '../../job/storage/separator-warning.js';
import { splitTableId } from '../../job/storage/table-id.js';
import { columnNames } from '../../input/storage/column-name.js';
import { csvFacts, DEFAULT_FORMAT, withoutBlankEnd, withoutByteOrderMark } from '../../input/storage/csv.js';
import { checkImportTableInput } from '../../input/storage/check-storage.js';
import type { ActivityDeps } from '../deps.js';
import { toStorageFailure } from './failures.js';
import { failure, refusal } from '../failures.js';
import { knownTable, missing, type KnownTable } from './known-table.js';
import { FileProblem } from './files/file-problem.js';
import { openInFolder, workerFolder } from './files/worker-folder.js';
import { storagePlan } from './storage-plan.js';
import { notYet } from '../not-yet.js';
import type { TransferPlan } from '../../job/storage/remote-steps.js';

/**
 * Checks the input of `importTable`, down to its CSV, and decides whether the table is to be created or loaded.
 *
 * @throws ApplicationFailure as `prepareStorageJob`; `InvalidInput` also for a bucket that does not exist and for a
 * primary key that differs from the table's.
 */
export async function prepareImport(deps: ActivityDeps, input: unknown): Promise<TransferPlan | NoAnswer> {
  const check = checkImportTableInput(input);
  if (!check.ok) throw refusal(check.problems);
  try {
    return await planOf(deps, check.value);
  } catch (error) {
    return notYet(error, toStorageFailure);
  }
}

async function planOf(deps: ActivityDeps, input: ImportTableInput): Promise<TransferPlan> {
  const { connection = DEFAULT_CONNECTION, table, parentRunId, incremental = false } = input;
  const keboola = deps.connections.get(connection);
  const known = await knownTable(keboola, table);
  const { bucket } = splitTableId(table);
  const problem = known ? undefined : await keboola.bucketProblem(bucket);
  if (problem !== undefined) throw missing(`table: ${problem}`);
  if (known) requireSameKey(input, known);
  await requireSource(deps, input.source);
  // Rows with the same key replace each other, so such a load may be sent twice.
  const isRepeatable = !known || !incremental || known.primaryKey.length > 0;
  const { facts, warnings } = knownOf(input);
  return {
    plan: { ...(await storagePlan(deps, { connection, target: table, parentRunId, isRepeatable })), ...warnings },
    progress: { call: known ? loadCall(input) : createCall(input), ...facts },
  };
}

/** What is known about the rows before the upload: everything if the input holds them, else nothing. */
function knownOf(input: ImportTableInput): {
  facts?: Omit<StorageProgress, 'call'>;
  warnings?: { warnings: string[] };
} {
  const { csv } = input.source;
  if (csv === undefined) return {};
  const text = withoutByteOrderMark(csv);
  const { columns, rows, likelySeparator: likely } = csvFacts(text, { ...DEFAULT_FORMAT, ...formatOf(input) });
  return {
    facts: { rows, bytes: Buffer.byteLength(withoutBlankEnd(text, columns.length)), columns },
    ...(likely !== undefined && { warnings: { warnings: [separatorWarning(likely)] } }),
  };
}

/** Reports a missing file before anything is created. */
async function requireSource({ files }: ActivityDeps, { file }: ImportTableInput['source']): Promise<void> {
  if (file === undefined) return;
  try {
    const { handle } = await openInFolder(await workerFolder(files), file);
    await handle.close();
  } catch (error) {
    if (error instanceof FileProblem) throw failure('InvalidInput', `source.file: ${error.message}`);
    throw error;
  }
}

function createCall(input: ImportTableInput): StorageCall {
  const { bucket, name } = splitTableId(input.table);
  const primaryKey = columnNames(input.primaryKey ?? []);
  const body = { name, ...(primaryKey.length > 0 && { primaryKey: primaryKey.join(',') }), ...formatOf(input) };
  return { method: 'POST', path: `buckets/${bucket}/tables-async`, body };
}

function loadCall(input: ImportTableInput): StorageCall {
  const body = { incremental: input.incremental ? 1 : 0, ...formatOf(input) };
  return { method: 'POST', path: `tables/${input.table}/import-async`, body };
}

function formatOf({ delimiter, enclosure }: ImportTableInput): { delimiter?: string; enclosure?: string } {
  return { ...(delimiter !== undefined && { delimiter }), ...(enclosure !== undefined && { enclosure }) };
}

function requireSameKey({ table, primaryKey }: ImportTableInput, known: KnownTable): void {
  if (primaryKey === undefined || same(columnNames(primaryKey), columnNames(known.primaryKey))) return;
  const key = known.primaryKey.length === 0 ? 'no primary key' : `the primary key ${known.primaryKey.join(', ')}`;
  throw failure('InvalidInput', `primaryKey: table ${table} exists and has ${key}`);
}

/** Compares two primary keys; the order of their columns does not matter. */
function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}
