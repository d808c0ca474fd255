import type { Row, Table } from './catalog.js';

export const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface WhereFilter {
  column: string;
  operator: Operator;
  values: readonly string[];
  /** Compared as numbers, not as text. */
  isNumeric: boolean;
}

/** Which rows of a table are selected; without any condition, all of them. */
export interface RowSelection {
  filters: readonly WhereFilter[];
  changedSinceMs: number | undefined;
  changedUntilMs: number | undefined;
}

/** Whether a row of this table is selected. */
export function rowFilter(table: Table, selection: RowSelection): (row: Row) => boolean {
  const { changedSinceMs = Number.NEGATIVE_INFINITY, changedUntilMs = Number.POSITIVE_INFINITY } = selection;
  const tests = selection.filters.map((filter) => cellTest(table.columns.indexOf(filter.column), filter));
  return (row) =>
    row.changedAtMs >= changedSinceMs && row.changedAtMs < changedUntilMs && tests.every((test) => test(row));
}

/** Negative, zero or positive, as sorting wants it. Among numbers, a text that is no number comes first. */
export function compareCells(a: string, b: string, isNumeric: boolean): number {
  if (!isNumeric) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [numberOf(a), numberOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function cellTest(at: number, { operator, values, isNumeric }: WhereFilter): (row: Row) => boolean {
  const [first = ''] = values;
  const known = new Set(values);
  const compared = (row: Row): number => compareCells(row.cells[at] ?? '', first, isNumeric);
  switch (operator) {
    case 'eq':
      return (row) => known.has(row.cells[at] ?? '');
    case 'ne':
      return (row) => !known.has(row.cells[at] ?? '');
    case 'gt':
      return (row) => compared(row) > 0;
    case 'ge':
      return (row) => compared(row) >= 0;
    case 'lt':
      return (row) => compared(row) < 0;
    case 'le':
      return (row) => compared(row) <= 0;
  }
}

function numberOf(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}
