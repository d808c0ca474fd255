import { record } from '../text/document-fields.js';

/** How many rows a job of Storage says that it has loaded. */
export interface LoadedRows {
  rows: number;
  /** Those of the same primary key have become one. */
  isUnique: boolean;
}

/**
 * A load tells the rows of the file (`importedRowsCount`), the making of a table the rows that it has then (`rowsCount`).
 *
 * @param wantedKey of a table that is made: of results that are too long to be kept, those of a wide table, the numbers are
 * left, and no list.
 */
export function loadedRows(results: unknown, wantedKey: readonly string[] = []): LoadedRows | undefined {
  const { importedRowsCount, rowsCount, primaryKey } = record(results) ?? {};
  if (typeof importedRowsCount === 'number') return { rows: importedRowsCount, isUnique: false };
  if (typeof rowsCount !== 'number') return undefined;
  const key: readonly unknown[] = Array.isArray(primaryKey) ? primaryKey : wantedKey;
  return { rows: rowsCount, isUnique: key.length > 0 };
}

/** Whether that may be so of a file of which we have counted the rows: of any rows at least one is left. */
export function isSameCount({ rows, isUnique }: LoadedRows, counted: number): boolean {
  if (!isUnique) return rows === counted;
  return rows <= counted && (rows > 0 || counted === 0);
}
