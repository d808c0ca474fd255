import { StorageFailure } from '../storage-failure.js';

/** The format of a file. `enclosure` and `escapedBy` are one character or empty, and never both set. */
export interface CsvFormat {
  delimiter: string;
  enclosure: string;
  escapedBy: string;
}

type State = 'start' | 'plain' | 'enclosed' | 'closed' | 'escaped' | 'return';

/** The longest value of a column. */
const CELL_CHARACTERS_MAX = 16_777_216;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads CSV in pieces, as strictly as RFC 4180 has it: an enclosure only around a whole value and doubled inside it,
 * lines that end in LF or CRLF.
 */
export class CsvReader {
  readonly #format: CsvFormat;
  readonly #onRow: (cells: string[], line: number) => void;
  #state: State = 'start';
  #cells: string[] = [];
  #cell = '';
  /** The current line, and the first line of the current row, from 1. */
  #line = 1;
  #rowLine = 1;

  constructor(format: CsvFormat, onRow: (cells: string[], line: number) => void) {
    this.#format = format;
    this.#onRow = onRow;
  }

  /** @throws StorageFailure naming the broken line. */
  push(text: string): void {
    for (let at = 0; at < text.length;) at = this.#step(text, at);
  }

  /** Ends the file, whose last line needs no line end. @throws StorageFailure for a file that breaks off. */
  end(): void {
    if (this.#state === 'enclosed') throw this.#broken('the file ends inside of an enclosed value');
    if (this.#state === 'escaped') throw this.#broken('the file ends after an escape character');
    if (this.#state === 'return') throw this.#broken('the line ends in a lone CR; lines must end in LF or CRLF');
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow();
  }

  /** Reads on from a position and returns the next one. */
  #step(text: string, at: number): number {
    switch (this.#state) {
      case 'start':
        return this.#start(text, at);
      case 'plain':
        return this.#plain(text, at);
      case 'enclosed':
        return this.#enclosed(text, at);
      case 'closed':
        return this.#closed(text, at);
      case 'escaped':
        return this.#escaped(text, at);
      case 'return':
        if (text[at] !== '\n') throw this.#broken('the line ends in a lone CR; lines must end in LF or CRLF');
        this.#endRow();
        return at + 1;
    }
  }

  #start(text: string, at: number): number {
    const isEnclosed = text[at] === this.#format.enclosure;
    this.#state = isEnclosed ? 'enclosed' : 'plain';
    return isEnclosed ? at + 1 : at;
  }

  #plain(text: string, from: number): number {
    const { delimiter, enclosure, escapedBy } = this.#format;
    let at = from;
    for (; at < text.length; at++) {
      const character = text[at];
      if (character === delimiter || character === '\n' || character === '\r') break;
      if (character === enclosure) throw this.#broken(`found ${enclosure} inside of a value that is not enclosed`);
      if (character === escapedBy) break;
    }
    this.#append(text.slice(from, at));
    if (at >= text.length) return at;
    if (text[at] === escapedBy) this.#state = 'escaped';
    else this.#separate(text[at] ?? '');
    return at + 1;
  }

  #enclosed(text: string, from: number): number {
    const end = text.indexOf(this.#format.enclosure, from);
    const at = end < 0 ? text.length : end;
    const piece = text.slice(from, at);
    for (let line = piece.indexOf('\n'); line >= 0; line = piece.indexOf('\n', line + 1)) this.#line += 1;
    this.#append(piece);
    if (end >= 0) this.#state = 'closed';
    return at + 1;
  }

  #closed(text: string, at: number): number {
    const { delimiter, enclosure } = this.#format;
    const character = text[at] ?? '';
    if (character === enclosure) {
      this.#append(enclosure);
      this.#state = 'enclosed';
    } else if (character === delimiter || character === '\n' || character === '\r') {
      this.#separate(character);
    } else {
      throw this.#broken(`found '${character}' instead of the delimiter '${delimiter}' after an enclosed value`);
    }
    return at + 1;
  }

  #escaped(text: string, at: number): number {
    const character = text[at] ?? '';
    this.#append(ESCAPES[character] ?? character);
    this.#state = 'plain';
    return at + 1;
  }

  #separate(character: string): void {
    if (character === '\n') {
      this.#endRow();
    } else if (character === '\r') {
      this.#state = 'return';
    } else {
      this.#endCell();
      this.#state = 'start';
    }
  }

  #append(piece: string): void {
    this.#cell += piece;
    if (this.#cell.length > CELL_CHARACTERS_MAX) throw this.#broken(`a value is longer than ${CELL_CHARACTERS_MAX}`);
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    this.#state = 'start';
    this.#onRow(cells, this.#rowLine);
    this.#line += 1;
    this.#rowLine = this.#line;
  }

  #broken(what: string): StorageFailure {
    return new StorageFailure('invalidData', `Load error: line ${this.#line}: ${what}`);
  }
}
