import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader } from '../../../../src/sandbox/storage/csv/csv-reader.js';
import type { CsvFormat } from '../../../../src/sandbox/storage/csv/csv-reader.js';
import { writeCsv } from '../../../../src/sandbox/storage/csv/csv-writer.js';

const USUAL: CsvFormat = { delimiter: ',', enclosure: '"', escapedBy: '' };

function read(pieces: string[], format: Partial<CsvFormat> = {}): string[][] {
  const rows: string[][] = [];
  const reader = new CsvReader({ ...USUAL, ...format }, (cells) => rows.push(cells));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return rows;
}

describe('a CSV file', () => {
  it('that was written is read again, in whatever pieces it comes', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', '""', ',', '\n', '\r\n', '\r', 'a"b', ' '));
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), ([header = [], ...more], size) => {
        const text = writeCsv([header, ...more]).toString();
        const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        expect(read(pieces)).toEqual([header, ...more]);
      }),
    );
  });

  it.each([
    ['values with and without enclosures', 'a,"b",\n', [['a', 'b', '']]],
    [
      'lines that end in CRLF',
      'a,b\r\n"c",d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a last line without an end', 'a\nb', [['a'], ['b']]],
    ['empty lines as rows with one empty value', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['empty values at the ends of a line', ',\n', [['', '']]],
    ['an empty value that is enclosed, at the end of the file', 'a,""', [['a', '']]],
    ['nothing', '', []],
  ])('may have %s', (_what, text, rows) => {
    expect(read([text])).toEqual(rows);
    expect(read(Array.from(text))).toEqual(rows);
  });

  it.each([
    ['ends inside of an enclosed value', 'a\n"b', /line 2: the file ends inside of an enclosed value/],
    ['has something after an enclosed value', 'a\n"b"c\n', /line 2: found 'c' instead of the delimiter ','/],
    ['has an enclosure inside of a value', 'a\nb"c\n', /line 2: found " inside of a value/],
    ['has line ends of the old Macintosh', 'a\rb\r', /line 1: the line ends in a lone CR/],
    ['ends with such a line end', 'a\r', /ends in a lone CR/],
    ['breaks after lines inside of values', '"a\n\nb"\n"c" ', /line 4/],
  ])('that %s is refused with its line', (_what, text, problem) => {
    expect(() => read([text])).toThrow(problem);
    expect(() => read(Array.from(text))).toThrow(problem);
  });

  it('may have a delimiter of its own, and escapes instead of enclosures', () => {
    const escaped = { delimiter: '\t', enclosure: '', escapedBy: '\\' };
    expect(read(['a\t"b\nc\\td\\\\\\n\t\n'], escaped)).toEqual([
      ['a', '"b'],
      ['c\td\\\n', ''],
    ]);
    expect(() => read(['a\\'], escaped)).toThrow(/ends after an escape character/);
  });
});
