import { foreignSign, SIGN_BYTES } from '../text/decode-text.js';
import { BrokenCsv, CR_ALONE, csvFacts, wrongWidth, type CsvFacts, type CsvFormat } from './csv.js';
import { separatorHint } from './csv-separator.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Equals no byte of a file: there is no enclosure. */
const NO_BYTE = -1;
/** 1,200 names of 255 characters each, with room for their enclosures. */
const HEADER_BYTES_MAX = 1_048_576;

/**
 * Counts the rows of a CSV that is read in pieces and never held as a whole. The header is checked as strictly as that
 * of a short CSV. In all other lines, only the bounds and the number of the values are checked; their content is left
 * to Storage.
 */
export class RowCounter {
  readonly #format: CsvFormat;
  readonly #quote: number;
  readonly #delimiter: number;
  readonly #onHeader: (columns: readonly string[]) => void;
  #head: Buffer[] | undefined = [];
  #headBytes = 0;
  #columns: string[] = [];
  #likelySeparator: string | undefined;
  #rows = -1;
  #line = 1;
  /** The lines in which the present row, and the present enclosed value, begin. */
  #rowLine = 1;
  #valueLine = 1;
  /** Values in the present row so far. */
  #values = 1;
  /** Where the present row begins, relative to the next piece: a negative offset, by the bytes of the row so far. */
  #rowStart = 0;
  /** The first of the blank lines at the end of what was read so far. */
  #blankLine: number | undefined;
  #isEnclosed = false;
  #lastByte = LINE_FEED;

  /**
   * @param format its delimiter and enclosure must be one byte each; the enclosure may be empty.
   * @param onHeader gets the columns as soon as they are known, and may throw.
   */
  constructor(format: CsvFormat, onHeader: (columns: readonly string[]) => void) {
    this.#format = format;
    this.#quote = format.enclosure === '' ? NO_BYTE : byteOf(format.enclosure);
    this.#delimiter = byteOf(format.delimiter);
    this.#onHeader = onHeader;
  }

  /** Whether line ends at this point are data: part of an enclosed value, or empty values of a single column. */
  get isAtValue(): boolean {
    return this.#isEnclosed || (this.#head === undefined && this.#columns.length === 1);
  }

  /** @throws BrokenCsv naming the line, what `onHeader` throws. */
  push(piece: Buffer): void {
    if (piece.byteLength === 0) return;
    const from = this.#head === undefined ? 0 : this.#readHead(this.#head, piece);
    if (from < piece.byteLength) this.#count(piece, from);
    this.#lastByte = piece[piece.byteLength - 1] ?? this.#lastByte;
  }

  /** Ends the count at the end of the file. @throws BrokenCsv if the file is truncated or empty. */
  end(): CsvFacts {
    if (this.#isEnclosed) throw new BrokenCsv(`line ${this.#valueLine}: a value is enclosed and never ends`);
    if (this.#head !== undefined) this.#endHead(Buffer.concat(this.#head));
    else if (this.#lastByte !== LINE_FEED) this.#endLast();
    const likely = this.#likelySeparator;
    return { columns: this.#columns, rows: this.#rows, ...(likely !== undefined && { likelySeparator: likely }) };
  }

  /** @returns where in the piece the rows begin; the end of the piece if the header continues in the next one. */
  #readHead(head: Buffer[], piece: Buffer): number {
    const end = this.#headEnd(piece);
    const from = end < 0 ? piece.byteLength : end + 1;
    head.push(piece.subarray(0, from));
    this.#headBytes += from;
    requireText(head);
    if (end >= 0) this.#endHead(Buffer.concat(head));
    else if (this.#headBytes > HEADER_BYTES_MAX) throw endlessLine(Buffer.concat(head));
    if (end >= 0) this.#lastByte = LINE_FEED;
    return from;
  }

  /** Where the header ends (its names may contain line ends, if enclosed), or -1. */
  #headEnd(piece: Buffer): number {
    for (let at = 0; at < piece.byteLength; at++) {
      if (piece[at] === this.#quote) this.#isEnclosed = !this.#isEnclosed;
      if (piece[at] !== LINE_FEED) continue;
      this.#line += 1;
      if (!this.#isEnclosed) return at;
    }
    return -1;
  }

  #endHead(bytes: Buffer): void {
    const { columns, likelySeparator } = csvFacts(decoded(bytes), this.#format);
    [this.#columns, this.#likelySeparator] = [columns, likelySeparator];
    this.#head = undefined;
    this.#rows = 0;
    this.#rowLine = this.#line;
    this.#onHeader(this.#columns);
  }

  /** Every byte of a file passes through here, hence a single loop that does as little as possible. */
  #count(piece: Buffer, from: number): void {
    let rowStart = from > 0 ? from : this.#rowStart;
    const [quote, delimiter, width] = [this.#quote, this.#delimiter, this.#columns.length];
    let [isEnclosed, values] = [this.#isEnclosed, this.#values];
    if (!isEnclosed && this.#lastByte === quote) this.#requireOver(piece[from]);
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === quote) {
        if (isEnclosed) this.#requireOver(piece[at + 1]);
        else this.#requireBegin(at > from ? piece[at - 1] : this.#lastByte);
        isEnclosed = !isEnclosed;
      } else if (byte === LINE_FEED) {
        this.#line += 1;
        if (isEnclosed) continue;
        if (values === width) this.#endRow();
        else this.#endOther(values, at - rowStart, at > 0 ? piece[at - 1] : this.#lastByte);
        this.#rowLine = this.#line;
        rowStart = at + 1;
        values = 1;
      } else if (byte === delimiter && !isEnclosed) {
        values += 1;
      }
    }
    [this.#isEnclosed, this.#values, this.#rowStart] = [isEnclosed, values, rowStart - piece.length];
  }

  /** An opening enclosure must be at the start of a value, or be the second of a pair that escapes one in a value. */
  #requireBegin(before: number | undefined): void {
    if (before === this.#quote) return;
    this.#valueLine = this.#line;
    if (before === this.#delimiter || before === LINE_FEED) return;
    throw this.#odd(`has ${this.#format.enclosure} inside of a value that is not enclosed`);
  }

  /** After a closing enclosure, the value ends or the second of a pair follows. The next piece is checked later. */
  #requireOver(next: number | undefined): void {
    if (next === undefined || next === this.#quote || next === this.#delimiter) return;
    if (next === LINE_FEED || next === CARRIAGE_RETURN) return;
    throw this.#odd('has text after the closing enclosure of a value');
  }

  #odd(problem: string): BrokenCsv {
    return new BrokenCsv(`line ${this.#line}: ${problem}${separatorHint(this.#likelySeparator)}`);
  }

  /** Counts a last row that has no line end. */
  #endLast(): void {
    if (this.#values !== this.#columns.length) throw this.#wrongWidth(this.#values);
    this.#endRow();
  }

  #endRow(): void {
    if (this.#blankLine !== undefined) throw this.#blankWithin(this.#blankLine);
    this.#rows += 1;
  }

  /** A row of another width than the header is only allowed if it is blank (LF or CRLF alone) and at the end. */
  #endOther(values: number, bytes: number, lastByte: number | undefined): void {
    const isBlank = values === 1 && (bytes === 0 || (bytes === 1 && lastByte === CARRIAGE_RETURN));
    if (!isBlank) throw this.#wrongWidth(values);
    this.#blankLine ??= this.#rowLine;
  }

  #blankWithin(line: number): BrokenCsv {
    return new BrokenCsv(`line ${line}: is blank; remove it`);
  }

  #wrongWidth(values: number): BrokenCsv {
    if (this.#blankLine !== undefined) return this.#blankWithin(this.#blankLine);
    return wrongWidth(this.#rowLine, values, { columns: this.#columns, likelySeparator: this.#likelySeparator });
  }
}

/** Refuses files that are not text by their first bytes, long before their first line ends. No piece is empty. */
function requireText(head: readonly Buffer[]): void {
  const sign = foreignSign(Buffer.concat(head.slice(0, SIGN_BYTES)));
  if (sign !== undefined) throw new BrokenCsv(sign);
}

/** The error for an endless first line: usually the file's line ends are CR alone, which we do not accept. */
function endlessLine(head: Buffer): BrokenCsv {
  const isOfOld = head.some((byte, at) => byte === CARRIAGE_RETURN && (head[at + 1] ?? LINE_FEED) !== LINE_FEED);
  return new BrokenCsv(isOfOld ? `line 1: ${CR_ALONE}` : `line 1: is longer than ${HEADER_BYTES_MAX} bytes`);
}

function byteOf(mark: string): number {
  return Buffer.from(mark)[0] ?? NO_BYTE;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BrokenCsv('line 1: is not UTF-8 text');
  }
}
