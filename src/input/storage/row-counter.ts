import { BrokenCsv, csvFacts, type CsvFacts, type CsvFormat } from './csv.js';

const LINE_FEED = 0x0a;
/** 1,200 names of 255 characters each, and room for what encloses them. */
const HEADER_BYTES_MAX = 1_048_576;

/**
 * Counts the rows of a CSV that is read in pieces and never whole. The first line is read as strictly as that of a short
 * one; of all others only their ends are looked at, also within enclosed values: Storage reads them strictly itself.
 */
export class RowCounter {
  readonly #format: CsvFormat;
  readonly #quote: number;
  readonly #onHeader: (columns: readonly string[]) => void;
  #head: Buffer[] | undefined = [];
  #headBytes = 0;
  #columns: string[] = [];
  #lineEnds = 0;
  #isEnclosed = false;
  #lastByte = LINE_FEED;

  /**
   * @param format whose enclosure is one byte, or none.
   * @param onHeader hears the columns as soon as they are known, and may throw.
   */
  constructor(format: CsvFormat, onHeader: (columns: readonly string[]) => void) {
    this.#format = format;
    this.#quote = format.enclosure === '' ? -1 : (Buffer.from(format.enclosure)[0] ?? -1);
    this.#onHeader = onHeader;
  }

  /** @throws BrokenCsv, what `onHeader` throws. */
  push(piece: Buffer): void {
    if (this.#head === undefined) this.#count(piece);
    else this.#readHead(this.#head, piece);
  }

  /** The file is over. @throws BrokenCsv for one that breaks off, or is empty. */
  end(): CsvFacts {
    if (this.#head !== undefined) this.#endHead(Buffer.concat(this.#head));
    if (this.#isEnclosed) throw new BrokenCsv('a value is enclosed and never ends');
    return { columns: this.#columns, rows: this.#lineEnds - 1 + (this.#lastByte === LINE_FEED ? 0 : 1) };
  }

  #readHead(head: Buffer[], piece: Buffer): void {
    const end = this.#count(piece);
    if (end < 0) {
      head.push(piece);
      this.#headBytes += piece.byteLength;
      if (this.#headBytes > HEADER_BYTES_MAX) throw new BrokenCsv(`line 1: is longer than ${HEADER_BYTES_MAX} bytes`);
      return;
    }
    head.push(piece.subarray(0, end + 1));
    this.#endHead(Buffer.concat(head));
  }

  #endHead(bytes: Buffer): void {
    this.#columns = csvFacts(decoded(bytes), this.#format).columns;
    this.#head = undefined;
    this.#onHeader(this.#columns);
  }

  /** Counts line ends outside of enclosed values. @returns where the first of the piece is, or -1. */
  #count(piece: Buffer): number {
    const quote = this.#quote;
    let isEnclosed = this.#isEnclosed;
    let lineEnds = 0;
    let first = -1;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === quote) {
        isEnclosed = !isEnclosed;
      } else if (byte === LINE_FEED && !isEnclosed) {
        lineEnds += 1;
        if (first < 0) first = at;
      }
    }
    this.#isEnclosed = isEnclosed;
    this.#lineEnds += lineEnds;
    this.#lastByte = piece.at(-1) ?? this.#lastByte;
    return first;
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BrokenCsv('line 1: is no text in UTF-8');
  }
}
