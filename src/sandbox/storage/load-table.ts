import type { JsonObject } from '../json.js';
import type { Row, Table } from './catalog.js';
import { dataBytesOf, heldBytesOf } from './held-bytes.js';
import type { Room } from './room.js';
import { StorageFailure } from './storage-failure.js';
import type { SourceRows } from './table-source.js';

/**
 * Loads rows into a table: all of them or none. Columns that the table does not have are added to it. Of several rows
 * with the same primary key only the last one is kept.
 *
 * @throws StorageFailure when columns are missing, with the list of them as results, or when memory is short.
 */
export function loadTable(
  table: Table,
  source: SourceRows,
  { incremental, nowMs, room, delimiter }: { incremental: boolean; nowMs: number; room: Room; delimiter: string },
): JsonObject {
  requireColumns(table, source.columns, delimiter);
  const columns = [...table.columns, ...source.columns.filter((name) => !table.columns.includes(name))];
  const from = columns.map((name) => source.columns.indexOf(name));
  const loaded = source.rows.map((cells): Row => ({ cells: from.map((at) => cells[at] ?? ''), changedAtMs: nowMs }));
  const kept = incremental ? widened(table, columns.length) : [];
  replaceRows(table, unique([...kept, ...loaded], columns, table.primaryKey), room);
  Object.assign(table, { columns, lastImportAtMs: nowMs, lastChangeAtMs: nowMs });
  table.bucket.lastChangeAtMs = nowMs;
  return {
    importedRowsCount: source.rows.length,
    totalRowsCount: table.rows.length,
    totalDataSizeBytes: table.dataBytes,
    warnings: [],
    importedColumns: source.columns,
    transaction: null,
  };
}

/** Takes the memory first, so that a table that does not fit stays as it was. @throws StorageFailure */
export function replaceRows(table: Table, rows: readonly Row[], room: Room): void {
  let [dataBytes, heldBytes] = [0, 0];
  for (const { cells } of rows) {
    dataBytes += dataBytesOf(cells);
    heldBytes += heldBytesOf(cells);
  }
  room.take(heldBytes - table.heldBytes);
  Object.assign(table, { rows, dataBytes, heldBytes });
  table.exports.clear();
}

function requireColumns({ columns }: Table, given: readonly string[], delimiter: string): void {
  const missing = columns.filter((name) => !given.includes(name));
  if (missing.length === 0) return;
  const message =
    `Some columns are missing in the csv file. Missing columns: ${missing.join(',')}. ` +
    `Expected columns: ${columns.join(',')}. ` +
    `Please check if the expected delimiter "${delimiter}" is used in the csv file.`;
  const results = { missingColumns: missing, expectedColumns: columns };
  throw new StorageFailure('csvImport.columnsNotMatch', message, results);
}

function widened({ rows, columns }: Table, width: number): readonly Row[] {
  if (columns.length === width) return rows;
  const more = Array.from({ length: width - columns.length }, () => '');
  return rows.map(({ cells, changedAtMs }) => ({ cells: [...cells, ...more], changedAtMs }));
}

function unique(rows: Row[], columns: readonly string[], primaryKey: readonly string[]): Row[] {
  if (primaryKey.length === 0) return rows;
  const positions = primaryKey.map((name) => columns.indexOf(name));
  const byKey = new Map<string, Row>();
  for (const row of rows) byKey.set(JSON.stringify(positions.map((at) => row.cells[at])), row);
  return [...byKey.values()];
}
