import type { Table } from './catalog.js';
import { compareCells, rowFilter } from './row-filter.js';
import type { RowSelection } from './row-filter.js';

export interface Order {
  column: string;
  isDescending: boolean;
  isNumeric: boolean;
}

/** Which part of a table is exported, and in which order. */
export interface ExportSelection extends RowSelection {
  /** Empty means all. */
  columns: readonly string[];
  order: readonly Order[];
  limit: number | undefined;
}

/** The selected part of a table: its column names and its rows. */
export function selectRows(table: Table, selection: ExportSelection): { columns: readonly string[]; rows: string[][] } {
  const { order, limit } = selection;
  const found = table.rows.filter(rowFilter(table, selection));
  const sorting = order.map((by) => ({ ...by, at: table.columns.indexOf(by.column) }));
  if (sorting.length > 0) found.sort((a, b) => compareRows(a.cells, b.cells, sorting));
  const columns = selection.columns.length === 0 ? table.columns : selection.columns;
  const from = columns.map((name) => table.columns.indexOf(name));
  return { columns, rows: found.slice(0, limit).map(({ cells }) => from.map((at) => cells[at] ?? '')) };
}

function compareRows(a: readonly string[], b: readonly string[], sorting: readonly (Order & { at: number })[]): number {
  for (const { at, isDescending, isNumeric } of sorting) {
    const order = compareCells(a[at] ?? '', b[at] ?? '', isNumeric);
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}
