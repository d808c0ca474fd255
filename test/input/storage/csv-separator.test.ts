import { describe, expect, it } from 'vitest';
import { excelSeparator, likelySeparator } from '../../../src/input/storage/csv-separator.js';

describe('the delimiter that is perhaps meant', () => {
  it.each([
    ['id;price\n1;2,5\n', ';'],
    ['id\tprice\n', '\\t'],
    ['id|price', '|'],
    ['id|price;tax', ';'],
    ['id|price|a;b', '|'],
  ])('is what stands between the columns of a header without commas: %j', (text, written) => {
    expect(likelySeparator(text)).toBe(written);
  });

  it.each([
    ['Datum;Artikel, Farbe;Preis\n1.2.24;Hut;12,50\n', ';'],
    ['id;"name, first, last"\n', ';'],
    ['"id";"price"\n', ';'],
  ])('is what stands in a header more often than the comma, outside of quotes: %j', (text, written) => {
    expect(likelySeparator(text)).toBe(written);
  });

  it.each([
    ['a header that has the delimiter as often', 'id,price;tax\n'],
    ['a name that is enclosed and holds other marks', 'id,"a;b;c"\n'],
    ['a single column', 'id\n1\n'],
    ['values alone that hold another mark', 'id\n1;2\n'],
    ['no text', ''],
    ['a line for Excel', 'sep=;\nid;price\n'],
  ])('is none for %s', (_, text) => {
    expect(likelySeparator(text)).toBeUndefined();
  });

  it('is looked for where another delimiter than a comma is used, too', () => {
    expect(likelySeparator('id;price\n', '|')).toBe(';');
    expect(likelySeparator('id;price\n', ';')).toBeUndefined();
    expect(likelySeparator('id,price\n', ';')).toBe(',');
    expect(likelySeparator('id,price;tax\n', '|')).toBe(',');
    expect(likelySeparator('id,price;tax\n', ';')).toBeUndefined();
    expect(likelySeparator("id,'a;b;c'\n", ',', "'")).toBeUndefined();
    expect(likelySeparator('id,"a;b;c"\n', ',', '')).toBe(';');
  });
});

describe('a first line for Excel', () => {
  it.each([
    ['sep=;\nid;price\n', ';'],
    ['sep=;\r\nid;price\r\n', ';'],
    ['"sep=|"\nid|price\n', '|'],
    ['"sep=\t"\r\nid\tprice\r\n', '\\t'],
    ['SEP=,', ','],
    ['sep=^\nid^price\n', '^'],
  ])('names the delimiter, as one writes it on a command line: %j', (text, written) => {
    expect(excelSeparator(text)).toBe(written);
  });

  it.each(['id;price\n', 'sep=;id\n1\n', 'a sep=;\n1\n', 'sep=\n', 'id\nsep=;\n', ''])('is not %j', (text) => {
    expect(excelSeparator(text)).toBeUndefined();
  });
});
