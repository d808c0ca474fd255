import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFacts, DEFAULT_FORMAT, type CsvFacts, type CsvFormat } from '../../../src/input/storage/csv.js';
import { RowCounter } from '../../../src/input/storage/row-counter.js';

/** Counts a text that comes in pieces of so many bytes. */
function counted(text: string | Buffer, pieceBytes = 7, format: CsvFormat = DEFAULT_FORMAT): CsvFacts {
  const counter = new RowCounter(format, () => undefined);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) counter.push(bytes.subarray(at, at + pieceBytes));
  return counter.end();
}

/** What a reader makes of a text: how much there is, or where it is broken. */
function verdictOf(read: () => CsvFacts): CsvFacts | string {
  try {
    return read();
  } catch (error) {
    return /^line \d+/.exec((error as Error).message)?.[0] ?? String(error);
  }
}

const cell = fc.string({ unit: fc.constantFrom('a', 'ž', '"', ',', '\n', '\r\n', ' ', ''), maxLength: 6 });
const written = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe('the rows of a CSV that comes in pieces', () => {
  it('are as many as those of the whole text, whatever stands in them and wherever it is cut', () => {
    const table = fc.record({
      rows: fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      isClosed: fc.boolean(),
      pieceBytes: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(table, ({ rows, lineEnd, isClosed, pieceBytes }) => {
        const lines = [['first', 'second'], ...rows].map((cells) => cells.map(written).join(','));
        const text = lines.join(lineEnd) + (isClosed ? lineEnd : '');
        expect(counted(text, pieceBytes)).toEqual(csvFacts(text, DEFAULT_FORMAT));
      }),
    );
  });

  it.each([
    ['a header alone', 'id', 0],
    ['a header alone, with its end', 'id\n', 0],
    ['a last row without an end', 'id\n1\n2', 2],
    ['an enclosure that is another', "id\n'1\n2'\n", 1, { delimiter: ';', enclosure: "'" }],
    ['no enclosure', 'id\n"1\n2"\n', 2, { delimiter: ',', enclosure: '' }],
  ])('are right for %s', (_, text, rows, format: CsvFormat = DEFAULT_FORMAT) => {
    expect(counted(text, 3, format)).toEqual({ columns: ['id'], rows });
  });

  it.each([
    ['nothing', '', /is empty/],
    ['a value that never ends', 'id\n1\n"2\n3\n', /line 3: a value is enclosed and never ends/],
    ['a header that never ends', '"id\n1\n', /line 1: a value is enclosed and never ends/],
    ['a row with a value less', 'id,name\n1,2\n"3\n""4"\n5,6\n', /line 3: has 1 value, the header names 2 columns/],
    ['a row with a value more', 'id,name\n1,"2\n3"\n4,5,6\n7,8\n', /line 4: has 3 values, the header names 2 columns/],
    ['a last row with a value less', 'id,name\n1,2\n3', /line 3: has 1 value/],
    ['a blank line', 'id,name\n1,2\n\n3,4\n', /line 3: is blank; remove it/],
    ['an enclosure within a value', 'id\n1\n5" pipe\n', /line 3: has " inside of a value that is not enclosed/],
    ['a value that goes on', 'id\n1\n"5" pipe\n', /line 3: has text after the closing enclosure of a value/],
    ['bytes that are no UTF-8 in the header', Buffer.from([0x69, 0xff, 0x0a]), /not UTF-8 text/],
    ['a header without an end', 'x'.repeat(1_048_577), /line 1: is longer than/],
    ['UTF-16', Buffer.from('id\n1\n', 'utf16le'), /is not text; if it is UTF-16, save it as UTF-8/],
    ['UTF-16 with its mark', Buffer.from('\uFEFFid\n1\n', 'utf16le'), /is UTF-16; save it as UTF-8/],
    [
      'a header without an end, of lines that end in CR alone',
      'id,name\r1,2\r'.repeat(100_000),
      /line 1: ends in a lone CR/,
    ],
    [
      'values that another mark separates, with commas in them',
      'datum;betrag\n01.02.2024;12\n01.02.2024;12,50\n',
      /line 3: has 2 values, the header names 1 column; its values seem to be separated by ';': name it as the delimiter/,
    ],
    [
      'enclosed values that another mark separates',
      'id;name\n"1";"Anna"\n',
      /line 2: has text after .*; its values seem to be/,
    ],
    ['values of which some are enclosed', 'id;name\n1;"Anna"\n', /line 2: has " inside .*; its values seem to be/],
    ['what bzip2 has packed', Buffer.from('BZh91AY&SY\xd0\x00\n', 'latin1'), /is packed \(bzip2\); unpack it first/],
    ['a workbook', Buffer.from('PK\u0003\u0004xl/workbook.xml\n'), /save the sheet as CSV/],
    ['a line that only Excel reads', 'sep=;\nid;name\n', /line 1: is "sep=;", which only Excel reads; remove it/],
  ])('are none of %s', (_, text, message) => {
    for (const pieceBytes of [100_000, 1_000, 3]) expect(() => counted(text, pieceBytes)).toThrow(message);
  });

  it('are those of a sound text alone, wherever it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (rest, pieceBytes) => {
        const whole = `a,b\n${rest}`;
        expect(verdictOf(() => counted(whole, pieceBytes))).toEqual(verdictOf(() => csvFacts(whole, DEFAULT_FORMAT)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('tell of the mark that seems to separate them, where that is not the delimiter', () => {
    expect(counted('id;name\n1;Anna\n')).toEqual({ columns: ['id;name'], rows: 1, likelySeparator: ';' });
  });

  it('tell their columns before the rows have come', () => {
    const told: (readonly string[])[] = [];
    const counter = new RowCounter(DEFAULT_FORMAT, (columns) => told.push(columns));
    counter.push(Buffer.from('id,"na'));
    expect(told).toEqual([]);
    counter.push(Buffer.from('me"\n1,'));
    expect(told).toEqual([['id', 'name']]);
  });
});
