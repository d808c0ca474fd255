import { activityInfo } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import { COLUMNS_MAX, type ExportTableInput, type ExportTarget } from '../../job/storage/input.js';
import { columnName } from '../../input/storage/column-name.js';
import { checkExportTableInput } from '../../input/storage/check-storage.js';
import type { ActivityDeps } from '../deps.js';
import { toStorageFailure } from './failures.js';
import { failure, refusal } from '../failures.js';
import { knownTable, missing, type KnownTable } from './known-table.js';
import type { TransferPlan } from '../../job/storage/remote-steps.js';
import { FileProblem } from './files/file-problem.js';
import { FullDisk, fullDiskFailure } from './files/full-disk.js';
import { tryWorkerFile } from './files/write-worker-file.js';
import { storagePlan } from './storage-plan.js';
import { notYet } from '../not-yet.js';

/**
 * Checks the input of `exportTable` and finds the table.
 *
 * @throws ApplicationFailure as `prepareStorageJob`; `InvalidInput` also for a table or a column that does not exist, and
 * for a table with too many columns of which none are named.
 */
export async function prepareExport(deps: ActivityDeps, input: unknown): Promise<TransferPlan | NoAnswer> {
  const check = checkExportTableInput(input);
  if (!check.ok) throw refusal(check.problems);
  try {
    return await planOf(deps, check.value);
  } catch (error) {
    return notYet(error, toStorageFailure);
  }
}

async function planOf(deps: ActivityDeps, input: ExportTableInput): Promise<TransferPlan> {
  const { connection = DEFAULT_CONNECTION, table, parentRunId, limit, changedSince } = input;
  const known = await knownTable(deps.connections.get(connection), table);
  if (!known) throw missing(`table: there is no table ${table}`);
  await requireTarget(deps, input.to);
  const columns = input.columns ? kept(input.columns, known, table) : all(known, table);
  // The columns are named one by one so that their order is known: slices of an export have no header.
  const body = { columns, ...(limit !== undefined && { limit }), ...(changedSince !== undefined && { changedSince }) };
  return {
    plan: await storagePlan(deps, { connection, target: table, parentRunId, isRepeatable: true }),
    progress: { call: { method: 'POST', path: `tables/${table}/export-async`, body }, columns },
  };
}

/** Reports a target that cannot be written before anything is exported. */
async function requireTarget({ files }: ActivityDeps, { file }: ExportTarget = {}): Promise<void> {
  if (file === undefined) return;
  try {
    await tryWorkerFile(files, { path: file, owner: activityInfo().workflowExecution?.workflowId ?? file });
  } catch (error) {
    if (error instanceof FileProblem) throw failure('InvalidInput', `to.file: ${error.message}`);
    if (error instanceof FullDisk) throw fullDiskFailure(error, 'to.file', 'Make room and export again.');
    throw error;
  }
}

/** A wider export would fail half-way, in the next run of a workflow that continues as new. */
function all({ columns }: KnownTable, table: string): string[] {
  if (columns.length <= COLUMNS_MAX) return columns;
  const words = `table ${table} has ${columns.length} columns, but an export can have at most ${COLUMNS_MAX}`;
  throw failure('InvalidInput', `columns: ${words}; name the columns that you need`);
}

/** The columns as the table spells them: authors use the spelling of their CSV. */
function kept(columns: readonly string[], known: KnownTable, table: string): string[] {
  const spelled = new Map(known.columns.map((column) => [columnName(column), column]));
  const found = columns.map((column) => (known.columns.includes(column) ? column : spelled.get(columnName(column))));
  const strange = columns.filter((_, at) => found[at] === undefined);
  if (strange.length === 0) return found.filter((column) => column !== undefined);
  throw failure('InvalidInput', `columns: table ${table} has no column ${strange.slice(0, 10).join(', ')}`);
}
