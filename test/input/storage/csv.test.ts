import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv, csvFacts, DEFAULT_FORMAT, withoutByteOrderMark } from '../../../src/input/storage/csv.js';
import { writeCsv } from '../../../src/sandbox/storage/csv/csv-writer.js';

const cell = fc.string({ maxLength: 8, unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'ž', "'") });

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
    ['id,a\n1,"x\ny"z\n', 'line 3: goes on'],
    ['id,a\n"1\n2",x\n3\n', 'line 4: has 1 values'],
    ['id,a\n1,\ud800\n', 'line 2: holds half of a character'],
    [`${Array.from({ length: 1_201 }, (_, at) => `c${at}`).join(',')}\n`, 'has 1201 columns, at most 1200'],
  ])('is broken, and the line is told: %j', (text, message) => {
    expect(() => csvFacts(text, DEFAULT_FORMAT)).toThrow(BrokenCsv);
    expect(() => csvFacts(text, DEFAULT_FORMAT)).toThrow(message);
  });

  it('loses the mark of its byte order, and no other', () => {
    expect(withoutByteOrderMark('\uFEFFid')).toBe('id');
    expect(withoutByteOrderMark('id\uFEFF')).toBe('id\uFEFF');
  });
});
