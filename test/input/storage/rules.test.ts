import { describe, expect, it } from 'vitest';
import { brokenCallRules, brokenImportRules } from '../../../src/input/storage/rules.js';
import { CSV_BYTES_MAX } from '../../../src/job/storage/input.js';

describe('a call', () => {
  const strange = { method: 'POST', path: 'tables/in.c-main.orders/optimize' };

  it.each([
    ['that is known to be answered by a job', { method: 'POST', path: 'tables/in.c-main.orders/import-async' }],
    ['that is not known, where that is allowed', { ...strange, allowUnknown: true }],
    ['whose path is told to be none elsewhere', { ...strange, path: 7 }],
    ['whose method is told to be none elsewhere', { ...strange, method: 'PATCH' }],
    ['without a method', { path: strange.path }],
  ])('%s breaks no rule', (_, input) => {
    expect(brokenCallRules(input)).toEqual([]);
  });

  it.each([
    ['POST tables/in.c-main.orders/optimize', strange],
    ['POST tables/in.c-main.orders/optimize', { ...strange, allowUnknown: false }],
    ['DELETE buckets/in.c-main', { method: 'DELETE', path: 'buckets/in.c-main' }],
    [`POST ${'x'.repeat(200)}`, { method: 'POST', path: 'x'.repeat(900) }],
  ])('that is not known is told with what to do: %s', (named, input) => {
    const advice = 'set allowUnknown if Storage answers it with a job';
    const message = `${named} is not an asynchronous call that this version knows; ${advice}. `;
    expect(brokenCallRules(input)).toEqual([
      { path: 'path', message: `${message}Some calls are asynchronous only with "?async=true"` },
    ]);
  });
});

describe('the CSV of an import', () => {
  const source = { csv: 'id,order-id\n1,2\n' };

  it.each([
    ['whose keys are columns, however they are written', { source, primaryKey: ['id', 'order_id', 'order id'] }],
    ['with other marks', { source: { csv: "id;a\n'1;2';3\n" }, delimiter: ';', enclosure: "'", primaryKey: ['a'] }],
    ['without enclosures', { source: { csv: 'id,a\n1,"\n' }, enclosure: '' }],
    ['whose marks are told to be none elsewhere', { source, delimiter: 7, enclosure: null, primaryKey: ['order-id'] }],
    ['whose keys are told to be none elsewhere', { source, primaryKey: 'id' }],
    ['one of whose keys is told to be none elsewhere', { source, primaryKey: [7, 'id'] }],
    ['with the mark of its byte order', { source: { csv: `\uFEFF${source.csv}` }, primaryKey: ['id'] }],
    ['that is told to be none elsewhere', { source: { csv: 7 } }],
    ['that is not there', { source: 'id\n1\n' }],
  ])('%s breaks no rule', (_, input) => {
    expect(brokenImportRules(input)).toEqual([]);
  });

  it('that is broken is told by its line', () => {
    expect(brokenImportRules({ source: { csv: 'id,a\n1\n' } })).toEqual([
      { path: 'source.csv', message: 'line 2: has 1 value, the header names 2 columns' },
    ]);
  });

  it('needs every key as a column', () => {
    expect(brokenImportRules({ source, primaryKey: ['id', 'shop', 7, 'ID'] })).toEqual([
      { path: 'primaryKey', message: '"shop" is not a column of the CSV' },
      { path: 'primaryKey', message: '"ID" is not a column of the CSV' },
    ]);
  });

  it.each([
    ['the same mark twice', { delimiter: ';', enclosure: ';' }],
    ['the enclosure that is not given as a delimiter', { delimiter: '"' }],
    ['the delimiter that is not given as an enclosure', { enclosure: ',' }],
    ['a line end between values', { delimiter: '\n' }],
    ['a carriage return around values', { enclosure: '\r' }],
    ['a zero byte', { delimiter: '\0' }],
  ])('cannot be read with %s', (_, format) => {
    expect(brokenImportRules({ source, ...format })).toEqual([
      { path: 'delimiter', message: 'must differ from the enclosure and must not be a line end' },
    ]);
  });

  it.each([
    ['delimiter', { csv: 'id§a\n' }, '§'],
    ['delimiter', { file: 'rows.csv' }, '\u0080'],
    ['enclosure', { url: 'https://files.example.com/rows.csv' }, 'é'],
    ['enclosure', { fileId: '7' }, '\u2019'],
  ])('cannot be read where its %s has several bytes, wherever it is: %j', (path, from, mark) => {
    const problem = { path, message: 'has to be a character of ASCII, such as ; or |' };
    expect(brokenImportRules({ source: from, [path]: mark })).toEqual([problem]);
    expect(brokenImportRules({ source: from, [path]: path === 'delimiter' ? '\t' : '' })).not.toContainEqual(problem);
  });

  it('may be as large as goes through Temporal, in bytes, and no larger', () => {
    const csv = `id\n${'ž'.repeat(CSV_BYTES_MAX / 2 - 2)}\n`;
    expect(Buffer.byteLength(csv)).toBe(CSV_BYTES_MAX);
    expect(brokenImportRules({ source: { csv } })).toEqual([]);
    expect(brokenImportRules({ source: { csv: `${csv}2` } })).toEqual([
      { path: 'source.csv', message: `is ${CSV_BYTES_MAX + 1} bytes, at most ${CSV_BYTES_MAX} go through Temporal` },
    ]);
  });
});
