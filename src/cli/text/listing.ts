import { stripVTControlCharacters } from 'node:util';
import { folded } from './folded.js';
import { table } from './output.js';

/** A narrower column tells nothing any more. */
const COLUMN_MIN = 8;
/** The two blanks around a cell, and the rule beside it. */
const BETWEEN = 3;
/** Fills an empty cell, so that no column moves for a program that splits at blanks. */
const NOTHING = '-';

/**
 * A list: at a terminal, a table that is no wider; otherwise plain columns, one row per line, which `awk`, `cut` and
 * `sort` can read. Plain columns also if the table would break an id, because nobody could copy that.
 *
 * @param width of the terminal in columns; undefined if there is no terminal.
 */
export function listing(head: string[], rows: string[][], width: number | undefined): string {
  if (width === undefined || breaksIds(head, rows, width)) return plainColumns(head, rows);
  return drawnListing(head, rows, width);
}

/**
 * The same for redrawing in place, where no line may be wider than the terminal: an id that does not fit beside the
 * rest gets a line of its own, and one that is wider than the terminal goes on in the next line.
 */
export function drawnListing(head: string[], rows: string[][], width: number | undefined): string {
  if (width === undefined) return plainColumns(head, rows);
  if (breaksIds(head, rows, width)) {
    const whole = [plainColumns(head, rows), withIdsBelow(head, rows)].find((text) => isWithin(text, width));
    if (whole !== undefined) return whole;
  }
  const widths = fitted([head, ...rows], width);
  if (!widths) return table(head, rows);
  const fit = (row: string[]): string[] => row.map((cell, at) => broken(cell, widths[at] ?? COLUMN_MIN));
  // The table counts the blanks around a cell as a part of its column.
  const withBlanks = widths.map((one) => one + BETWEEN - 1);
  return table(fit(head), rows.map(fit), withBlanks);
}

function breaksIds(head: string[], rows: string[][], width: number): boolean {
  const widths = fitted([head, ...rows], width);
  const isCut = (cell: string, at: number): boolean => {
    const text = stripVTControlCharacters(cell);
    return !/\s/.test(text) && text.length > (widths?.[at] ?? Infinity);
  };
  return rows.some((row) => row.some(isCut));
}

/** A cell that fits keeps its colours; in a broken one, the table library would count them as text and break them. */
function broken(cell: string, width: number): string {
  const text = stripVTControlCharacters(cell);
  return text.length <= width ? cell : folded(text, width).join('\n');
}

/** Only the last column may contain blanks, so lists put text for people there. */
function plainColumns(head: string[], rows: string[][]): string {
  const lines = [head, ...rows].map((row) =>
    row.map((cell, at) => {
      const text = stripVTControlCharacters(cell).trim() || NOTHING;
      return at === row.length - 1 ? text : text.replace(/\s+/g, '_');
    }),
  );
  const widths = widthsOf(lines);
  return lines
    .map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '))
    .join('\n');
}

/** Each row takes two lines; the second one holds only the cell of the widest column. */
function withIdsBelow(head: string[], rows: string[][]): string {
  const lines = [head, ...rows];
  const widths = widthsOf(lines);
  const longest = widths.indexOf(Math.max(...widths));
  const without = (row: string[]): string[] => row.filter((_, at) => at !== longest);
  return plainColumns(without(head), rows.map(without))
    .split('\n')
    .flatMap((line, at) => [line, stripVTControlCharacters(lines[at]?.[longest] ?? '')])
    .join('\n');
}

export function isWithin(text: string, width: number): boolean {
  return stripVTControlCharacters(text)
    .split('\n')
    .every((line) => line.length <= width);
}

/**
 * The column widths that fit: shrinks the widest columns with words first, then all; undefined if all fit as they are.
 */
function fitted(rows: string[][], width: number): number[] | undefined {
  const widths = widthsOf(rows);
  const room = width - 1 - BETWEEN * widths.length;
  const total = (): number => widths.reduce((sum, one) => sum + one, 0);
  if (total() <= room) return undefined;
  const all = widths.map((_, at) => at);
  const wordy = all.filter((at) => rows.some((row) => /\s/.test(row[at] ?? '')));
  for (const columns of [wordy, all]) shrink(widths, columns, () => total() > room);
  return widths;
}

function shrink(widths: number[], columns: readonly number[], isTooWide: () => boolean): void {
  const widestFirst = (): number | undefined => columns.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
  while (isTooWide()) {
    const widest = widestFirst();
    if (widest === undefined || (widths[widest] ?? 0) <= COLUMN_MIN) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function widthsOf(rows: string[][]): number[] {
  const [first = []] = rows;
  return first.map((_, at) => Math.max(...rows.map((row) => stripVTControlCharacters(row[at] ?? '').length)));
}
