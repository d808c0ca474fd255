import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BrokenCsv,
  csvFacts,
  DEFAULT_FORMAT,
  withoutBlankEnd,
  withoutByteOrderMark,
} from '../../../src/input/storage/csv.js';
import { writeCsv } from '../../../src/sandbox/storage/csv/csv-writer.js';

const cell = fc.string({ maxLength: 8, unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'ž', "'") });

function failureOf(text: string): unknown {
  try {
    return csvFacts(text, DEFAULT_FORMAT);
  } catch (error) {
    return error;
  }
}

describe('a CSV text', () => {
  it('has as many rows as were written, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (rows) => {
        const text = writeCsv([['id', 'value'], ...rows]).toString();
        expect(csvFacts(text, DEFAULT_FORMAT)).toEqual({ columns: ['id', 'value'], rows: rows.length });
      }),
    );
  });

  it('may end without a line end, and may have no rows', () => {
    expect(csvFacts('id,a\r\n1,', DEFAULT_FORMAT)).toEqual({ columns: ['id', 'a'], rows: 1 });
    expect(csvFacts('id', DEFAULT_FORMAT)).toEqual({ columns: ['id'], rows: 0 });
  });

  it('may have no enclosure', () => {
    expect(csvFacts('id\ta\n1\tx "y\n', { delimiter: '\t', enclosure: '' })).toEqual({ columns: ['id', 'a'], rows: 1 });
  });

  it.each([
    ['id,a\n1,"x\ny"z\n', 'line 3: has text after'],
    ['id,a\n"1\n2",x\n3\n', 'line 4: has 1 value'],
    ['id,a\n1,\ud800\n', 'line 2: holds half of a character'],
    [`${Array.from({ length: 1_201 }, (_, at) => `c${at}`).join(',')}\n`, 'has 1201 columns, at most 1200'],
  ])('is broken, and the line is told: %j', (text, message) => {
    expect(() => csvFacts(text, DEFAULT_FORMAT)).toThrow(BrokenCsv);
    expect(() => csvFacts(text, DEFAULT_FORMAT)).toThrow(message);
  });

  it.each([
    ['', 'is empty; the first line has to name the columns'],
    [' \n\r\n', 'is empty; the first line has to name the columns'],
    ['\0id\n', 'line 1: holds a zero byte; is it a text?'],
    ['id\n1\n\0', 'line 3: holds a zero byte; is it a text?'],
    ['\ud800id\n', 'line 1: holds half of a character; is it UTF-8?'],
    ['id,a\n1,2\n\n3,4\n', 'line 3: is blank; remove it'],
    ['id,a\n1,2\n""\n', 'line 3: has 1 value, the header names 2 columns'],
    ['id,a\n1,2,3\n', 'line 2: has 3 values, the header names 2 columns'],
    ['id,a\n1\n', 'line 2: has 1 value, the header names 2 columns'],
    ['id\na"b\n', 'line 2: has " inside of a value that is not enclosed'],
    ['id\n"1\n2', 'line 2: a value is enclosed and never ends'],
    ['id\n"1""', 'line 2: a value is enclosed and never ends'],
    ['sep=;\nid;a\n', `line 1: is "sep=;", which only Excel reads; remove it, and say that the delimiter is ';'`],
    [
      '"sep=\t"\r\nid\ta\r\n',
      `line 1: is "sep=\\t", which only Excel reads; remove it, and say that the delimiter is '\\t'`,
    ],
    [
      'datum;betrag\n01.02.2024;12,50\n',
      "line 2: has 2 values, the header names 1 column; its values seem to be separated by ';': name it as the delimiter",
    ],
    [
      '"id";"name"\n"1";"Anna"\n',
      "line 1: has text after the closing enclosure of a value; its values seem to be separated by ';': name it as the delimiter",
    ],
    [
      'id;name\n1;"Anna"\n',
      `line 2: has " inside of a value that is not enclosed; its values seem to be separated by ';': name it as the delimiter`,
    ],
    ['id\r1\r', 'line 1: ends in a lone CR; lines must end in LF or CRLF'],
    ['id\r\n1\r', 'line 2: ends in a lone CR; lines must end in LF or CRLF'],
  ])('says what is wrong with it, and where: %j', (text, message) => {
    expect(failureOf(text)).toMatchObject({ name: 'BrokenCsv', message });
  });

  it.each([
    ['id,,a\n', 'line 1: column 2 has no name'],
    ['id, \n', 'line 1: column 2 has no name'],
    ['--,a\n', 'line 1: column 1 has no name: Storage keeps letters, digits and underscores'],
    ['id,ID\n', 'line 1: names the column "ID" twice'],
    ['order_id,order-id\n', 'line 1: names the column "order-id" twice: Storage keeps it as "order_id"'],
    [`${'x'.repeat(99)},${'x'.repeat(99)}`, `line 1: names the column "${'x'.repeat(60)}" twice`],
  ])('says what is wrong with the name of a column: %j', (text, message) => {
    expect(failureOf(text)).toMatchObject({ name: 'BrokenCsv', message });
  });

  it.each([
    ['a single column with blank values', 'id\n\n1\n', { columns: ['id'], rows: 2 }],
    ['blank lines at its end', 'id,a\n1,2\n\n\r\n', { columns: ['id', 'a'], rows: 1 }],
    ['a row of empty values', 'id,a\n,\n', { columns: ['id', 'a'], rows: 1 }],
    ['marks in a name', '"a""b",c\n', { columns: ['a"b', 'c'], rows: 0 }],
    ['an enclosed value at the end', 'id\n"1"', { columns: ['id'], rows: 1 }],
    ['enclosed values before CRLF', '"id"\r\n"1"\r\n', { columns: ['id'], rows: 1 }],
  ])('may have %s', (_, text, facts) => {
    expect(csvFacts(text, DEFAULT_FORMAT)).toEqual(facts);
  });

  it('may be separated by another mark, which is told beside what it holds', () => {
    expect(csvFacts('id;name\n1;Anna\n', DEFAULT_FORMAT)).toEqual({
      columns: ['id;name'],
      rows: 1,
      likelySeparator: ';',
    });
  });

  it('may have 1,200 columns', () => {
    const header = Array.from({ length: 1_200 }, (_, at) => `c${at}`);
    expect(csvFacts(header.join(','), DEFAULT_FORMAT)).toEqual({ columns: header, rows: 0 });
  });

  it('loses the mark of its byte order, and no other', () => {
    expect(withoutByteOrderMark('\uFEFFid')).toBe('id');
    expect(withoutByteOrderMark('id\uFEFF')).toBe('id\uFEFF');
  });
});

describe('blank lines at the end', () => {
  it.each([
    ['id,a\n1,2\n\n\n', 'id,a\n1,2\n'],
    ['id,a\r\n1,2\r\n\r\n\r\n', 'id,a\r\n1,2\r\n'],
    ['id,a\n1,2\n\r\n', 'id,a\n1,2\n'],
    ['id,a\r\n1,2\r\n\n', 'id,a\r\n1,2\r\n'],
  ])('are taken away: %j', (text, left) => {
    expect(withoutBlankEnd(text, 2)).toBe(left);
  });

  it.each(['id,a\n1,2\n', 'id,a\n1,2', 'id,a\n1,2\r\n', 'id,a\n\n1,2\n', 'id,a', ''])('are not seen in %j', (text) => {
    expect(withoutBlankEnd(text, 2)).toBe(text);
  });

  it('are values where there is a single column', () => {
    expect(withoutBlankEnd('id\n1\n\n', 1)).toBe('id\n1\n\n');
  });
});
