import { record } from '../text/document-fields.js';

/** How many rows a Storage job says it has loaded. */
export interface LoadedRows {
  rows: number;
  /** Rows with the same primary key were merged into one. */
  isUnique: boolean;
}

/**
 * An import reports the rows of the file (`importedRowsCount`); the creation of a table reports the rows that the table
 * then has (`rowsCount`).
 *
 * @param wantedKey primary key of a new table, used if the results of a wide table were too long to be kept: then only
 *   their numbers are left, and no lists.
 */
export function loadedRows(results: unknown, wantedKey: readonly string[] = []): LoadedRows | undefined {
  const { importedRowsCount, rowsCount, primaryKey } = record(results) ?? {};
  if (typeof importedRowsCount === 'number') return { rows: importedRowsCount, isUnique: false };
  if (typeof rowsCount !== 'number') return undefined;
  const key: readonly unknown[] = Array.isArray(primaryKey) ? primaryKey : wantedKey;
  return { rows: rowsCount, isUnique: key.length > 0 };
}

/** Whether that fits a file whose rows we have counted. With a primary key, any rows leave at least one. */
export function isSameCount({ rows, isUnique }: LoadedRows, counted: number): boolean {
  if (!isUnique) return rows === counted;
  return rows <= counted && (rows > 0 || counted === 0);
}
