import type { Project } from '../fixture/schema.js';
import { addTable, emptyTable, splitTableId, type Table } from './catalog.js';
import { loadTable } from './load-table.js';
import { StorageFailure } from './storage-failure.js';
import type { StorageState } from './storage-state.js';

/**
 * Copies a table with all of its rows, which replace those of an existing target.
 *
 * @throws StorageFailure when there is no such table or bucket, or no memory; nothing is changed then.
 */
export function copyTable(
  storage: StorageState,
  project: Pick<Project, 'id'>,
  ids: { from: string; to: string },
  nowMs: number,
): void {
  const source = storage.catalog.table(project, ids.from);
  if (source === undefined) throw missing('tables', `Table "${ids.from}" does not exist.`);
  const known = storage.catalog.table(project, ids.to);
  const target = known ?? emptyCopy(storage, project, ids.to, source, nowMs);
  const rows = source.rows.map(({ cells }) => [...cells]);
  const content = { columns: [...source.columns], rows, bytes: source.dataBytes };
  loadTable(target, content, { incremental: false, nowMs, room: storage.room, delimiter: ',' });
  if (known === undefined) addTable(target);
}

function emptyCopy(
  { catalog }: StorageState,
  project: Pick<Project, 'id'>,
  id: string,
  source: Table,
  nowMs: number,
): Table {
  const { bucketId, name } = splitTableId(id);
  const bucket = catalog.bucket(project, bucketId);
  if (bucket === undefined) throw missing('buckets', `Bucket "${bucketId}" does not exist.`);
  const { primaryKey, columns } = source;
  return emptyTable({ bucket, name, primaryKey, columns }, nowMs);
}

function missing(what: string, message: string): StorageFailure {
  return new StorageFailure(`storage.${what}.notFound`, message);
}
