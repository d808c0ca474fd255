import { COLUMNS_MAX } from '../../job/storage/input.js';
import { counted } from '../../job/text/counted.js';
import { cut } from '../../job/text/well-formed.js';
import { columnName } from './column-name.js';
import { COMMA, excelSeparator, likelySeparator, separatorHint } from './csv-separator.js';

/** How a CSV text is written; an empty enclosure means that there is none. */
export interface CsvFormat {
  delimiter: string;
  enclosure: string;
}

export const DEFAULT_FORMAT: CsvFormat = { delimiter: COMMA, enclosure: '"' };

/** What a valid CSV text contains. */
export interface CsvFacts {
  columns: string[];
  /** Without the header. */
  rows: number;
  /** The delimiter that was probably meant instead of the one that was used, as written on a command line. */
  likelySeparator?: string;
}

/** A CSV text that Storage would refuse, or load as something other than its author meant. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv';
}

/** Continues a message that begins with the number of a line. */
export const CR_ALONE = 'ends in a lone CR; lines must end in LF or CRLF';

const SHOWN_LENGTH_MAX = 60;

/** Removes the byte order mark that some programs write; it would become part of the first column's name. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * A text as it is sent to Storage: without blank lines at the end, which Storage refuses as rows with too few values.
 * In a text with a single column they are values and stay.
 *
 * @param width the number of columns.
 */
export function withoutBlankEnd(text: string, width: number): string {
  if (width < 2) return text;
  let end = text.length;
  while (text[end - 1] === '\n') {
    const before = text[end - 2] === '\r' ? end - 2 : end - 1;
    if (text[before - 1] !== '\n') break;
    end = before;
  }
  return text.slice(0, end);
}

/**
 * Reads a CSV text as strictly as Storage does: RFC 4180, enclosures only around whole values, every row as wide as the
 * header, lines that end in LF or CRLF. Blank lines at the end do not count; see `withoutBlankEnd`.
 *
 * @throws BrokenCsv naming the line.
 */
export function csvFacts(text: string, format: CsvFormat): CsvFacts {
  if (text.trim() === '') throw new BrokenCsv('is empty; the first line has to name the columns');
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new BrokenCsv(`line ${lineAt(text, nul)}: holds a zero byte; is it a text?`);
  const half = text.search(/\p{Surrogate}/u);
  if (half >= 0) throw new BrokenCsv(`line ${lineAt(text, half)}: holds half of a character; is it UTF-8?`);
  requireNoExcelLine(text);
  const likely = likelyIn(text, format);
  let columns: string[] | undefined;
  let rows = 0;
  let blankLine: number | undefined;
  readRows(text, format, (cells, line, isBlank) => {
    if (!columns) {
      columns = cells;
      requireColumns(cells);
      return;
    }
    if (isBlank && columns.length > 1) {
      blankLine ??= line;
      return;
    }
    if (blankLine !== undefined) throw new BrokenCsv(`line ${blankLine}: is blank; remove it`);
    rows += 1;
    if (cells.length !== columns.length) throw wrongWidth(line, cells.length, { columns, likelySeparator: likely });
  });
  return { columns: columns ?? [], rows, ...(likely !== undefined && { likelySeparator: likely }) };
}

/** The error for a row whose number of values differs from that of the header's names. */
export function wrongWidth(
  line: number,
  values: number,
  { columns, likelySeparator: likely }: { columns: readonly string[]; likelySeparator: string | undefined },
): BrokenCsv {
  const widths = `has ${counted(values, 'value')}, the header names ${counted(columns.length, 'column')}`;
  return new BrokenCsv(`line ${line}: ${widths}${separatorHint(likely)}`);
}

function likelyIn(text: string, { delimiter, enclosure }: CsvFormat): string | undefined {
  return likelySeparator(text, delimiter, enclosure);
}

/** Refuses Excel's `sep=` line: Storage would take it for the header, and all other lines for rows of one column. */
function requireNoExcelLine(text: string): void {
  const named = excelSeparator(text);
  if (named === undefined) return;
  throw new BrokenCsv(
    `line 1: is "sep=${named}", which only Excel reads; remove it, and say that the delimiter is '${named}'`,
  );
}

function requireColumns(columns: readonly string[]): void {
  if (columns.length > COLUMNS_MAX) throw new BrokenCsv(`has ${columns.length} columns, at most ${COLUMNS_MAX}`);
  const seen = new Set<string>();
  for (const [at, written] of columns.entries()) {
    const name = columnName(written);
    if (name === '') throw new BrokenCsv(`line 1: column ${at + 1} has no name${keptAs(written, name)}`);
    const shown = cut(written, SHOWN_LENGTH_MAX);
    if (seen.has(name.toLowerCase())) {
      throw new BrokenCsv(`line 1: names the column "${shown}" twice${keptAs(written, name)}`);
    }
    seen.add(name.toLowerCase());
  }
}

/** Explains why the name that counts differs from the one in the header. */
function keptAs(written: string, name: string): string {
  if (written === name || written.trim() === '') return '';
  return name === ''
    ? ': Storage keeps letters, digits and underscores'
    : `: Storage keeps it as "${cut(name, SHOWN_LENGTH_MAX)}"`;
}

/** Reads row by row; the last line need not end in a line end. */
function readRows(
  text: string,
  format: CsvFormat,
  onRow: (cells: string[], line: number, isBlank: boolean) => void,
): void {
  let [at, line] = [0, 1];
  while (at < text.length) {
    const [rowAt, rowLine] = [at, line];
    const cells: string[] = [];
    for (;;) {
      const cell = isEnclosed(text, at, format) ? enclosed(text, at, line, format) : plain(text, at, line, format);
      cells.push(cell.value);
      line += cell.linesPassed;
      at = cell.end;
      if (text[at] !== format.delimiter) break;
      at += 1;
    }
    const isBlank = at === rowAt;
    at = afterLineEnd(text, at, line);
    onRow(cells, rowLine, isBlank);
    line += 1;
  }
}

interface Cell {
  value: string;
  end: number;
  linesPassed: number;
}

function isEnclosed(text: string, at: number, { enclosure }: CsvFormat): boolean {
  return enclosure !== '' && text[at] === enclosure;
}

function plain(text: string, from: number, line: number, format: CsvFormat): Cell {
  const { delimiter, enclosure } = format;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === delimiter || character === '\n' || character === '\r') break;
    if (enclosure !== '' && character === enclosure) {
      const hint = separatorHint(likelyIn(text, format));
      throw new BrokenCsv(`line ${line}: has ${enclosure} inside of a value that is not enclosed${hint}`);
    }
  }
  return { value: text.slice(from, at), end: at, linesPassed: 0 };
}

function enclosed(text: string, from: number, line: number, format: CsvFormat): Cell {
  const { delimiter, enclosure } = format;
  let at = from + 1;
  for (;;) {
    const end = text.indexOf(enclosure, at);
    if (end < 0) throw new BrokenCsv(`line ${line}: a value is enclosed and never ends`);
    if (text[end + 1] !== enclosure) {
      const value = text.slice(from + 1, end).replaceAll(enclosure + enclosure, enclosure);
      const next = text[end + 1];
      const isOver = next === undefined || next === delimiter || next === '\n' || next === '\r';
      const linesPassed = value.split('\n').length - 1;
      if (isOver) return { value, end: end + 1, linesPassed };
      const hint = separatorHint(likelyIn(text, format));
      throw new BrokenCsv(`line ${line + linesPassed}: has text after the closing enclosure of a value${hint}`);
    }
    at = end + 2;
  }
}

function afterLineEnd(text: string, at: number, line: number): number {
  if (text[at] !== '\r') return at + 1;
  if (text[at + 1] === '\n') return at + 2;
  throw new BrokenCsv(`line ${line}: ${CR_ALONE}`);
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
