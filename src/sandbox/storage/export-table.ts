import type { Table } from './catalog.js';
import { writeCsv } from './csv-writer.js';
import { compareCells, rowFilter } from './row-filter.js';
import type { RowSelection } from './row-filter.js';

export interface Order {
  column: string;
  isDescending: boolean;
  isNumeric: boolean;
}

/** What of a table is exported, in which order. */
export interface ExportSelection extends RowSelection {
  /** None means all. */
  columns: readonly string[];
  order: readonly Order[];
  limit: number | undefined;
}

/** The asked part of a table as a CSV file with a header. */
export function exportCsv(table: Table, selection: ExportSelection): Buffer {
  const { columns, order, limit } = selection;
  const found = table.rows.filter(rowFilter(table, selection));
  const sorting = order.map((by) => ({ ...by, at: table.columns.indexOf(by.column) }));
  if (sorting.length > 0) found.sort((a, b) => compareRows(a.cells, b.cells, sorting));
  const shown = columns.length === 0 ? table.columns : columns;
  const from = shown.map((name) => table.columns.indexOf(name));
  return writeCsv(
    shown,
    found.slice(0, limit).map(({ cells }) => from.map((at) => cells[at] ?? '')),
  );
}

function compareRows(a: readonly string[], b: readonly string[], sorting: readonly (Order & { at: number })[]): number {
  for (const { at, isDescending, isNumeric } of sorting) {
    const order = compareCells(a[at] ?? '', b[at] ?? '', isNumeric);
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}
