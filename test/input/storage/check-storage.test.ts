import { describe, expect, it } from 'vitest';
import {
  checkExportTableInput,
  checkImportTableInput,
  checkRunStorageJobInput,
} from '../../../src/input/storage/check-storage.js';

const TOKEN = '1134-53044-secretsecretsecret';
const table = 'in.c-main.orders';
const LEAK = { message: 'holds a Storage token; name a connection of the worker instead', leaksToken: true };

describe('a call', () => {
  it.each([
    { method: 'POST', path: 'buckets/in.c-v2/tables-async', body: { name: 'a' }, connection: 'other' },
    { method: 'DELETE', path: 'branch/7/tables/in.c-main.orders?async=true&force=1', parentRunId: '1.2' },
    { method: 'PUT', path: 'whatever/there/is', allowUnknown: true },
  ])('is taken as it is: %j', (input) => {
    expect(checkRunStorageJobInput(input)).toEqual({ ok: true, value: input });
  });

  it.each([
    '/tables',
    'v2/storage/tables',
    'tables//x',
    '../x',
    'tables/..',
    'tables/a%2Fb',
    'tables/%2e%2e',
    'a b',
    '',
    // Tried in every way in which it can be parted, it would take longer than anybody waits.
    `buckets/${'a'.repeat(900)}/tables-async `,
  ])('of a path that leads elsewhere is refused: %j', (path) => {
    const checked = checkRunStorageJobInput({ method: 'POST', path, allowUnknown: true });
    expect(checked).toMatchObject({ ok: false });
    expect(JSON.stringify(checked)).toContain('not a path below /v2/storage/');
  });

  it('that makes no job is refused, and all else that is wrong with it is told as well', () => {
    expect(checkRunStorageJobInput({ method: 'POST', path: 'tables', bodi: {} })).toMatchObject({
      ok: false,
      problems: [{ message: 'unknown field. Did you mean "body"?' }, { path: 'path' }],
    });
  });

  it('holds secrets in plain text only where the worker allows them, and never a token', () => {
    const input = { method: 'POST', path: 'buckets/in.c-main/tables-async', body: { '#key': 'plain' } };
    expect(checkRunStorageJobInput(input)).toMatchObject({ ok: false, problems: [{ path: 'body.#key' }] });
    expect(checkRunStorageJobInput(input, { allowPlainSecrets: true })).toMatchObject({ ok: true });
    expect(checkRunStorageJobInput({ ...input, body: { a: TOKEN } }, { allowPlainSecrets: true })).toEqual({
      ok: false,
      problems: [{ path: 'body.a', ...LEAK }],
    });
  });
});

describe('an import', () => {
  const source = { csv: 'id,a\n1,2\n' };

  it('is taken as it is', () => {
    const input = { table, source, incremental: true, primaryKey: ['id'], delimiter: ',', enclosure: '' };
    expect(checkImportTableInput(input)).toEqual({ ok: true, value: input });
  });

  it('may have rows that look like a token: they are data', () => {
    const rows = { csv: `id\n${TOKEN}\n` };
    expect(checkImportTableInput({ table, source: rows })).toMatchObject({ ok: true });
    expect(checkImportTableInput({ table, source: rows, primaryKey: ['id'], connection: TOKEN })).toMatchObject({
      ok: false,
      problems: [{ path: 'connection', ...LEAK }],
    });
  });

  it.each([
    ['the id of a table', { table: 'orders', source }, 'table'],
    ['its CSV', { table, source: { csv: '' } }, 'source.csv'],
    ['a delimiter', { table, source, delimiter: ';;' }, 'delimiter'],
  ])('is refused by %s', (_, input, path) => {
    const checked = checkImportTableInput(input);
    expect(checked.ok ? [] : checked.problems.map((problem) => problem.path)).toContain(path);
  });

  it('may be larger than other inputs, up to what Temporal takes: marks take twice their room in JSON', () => {
    const plain = { csv: `id\n${'x'.repeat(1_048_570)}\n` };
    expect(checkImportTableInput({ table, source: plain })).toMatchObject({ ok: true });
    const marks = { csv: `id\n"${'""'.repeat(500_000)}"\n` };
    expect(checkImportTableInput({ table, source: marks })).toMatchObject({
      ok: false,
      problems: [{ path: '', message: expect.stringMatching(/at most 1900000; load it in parts$/) as string }],
    });
  });
});

describe('an export', () => {
  it('of what has changed since a day that is in no calendar is refused: Storage would take another one', () => {
    expect(checkExportTableInput({ table, changedSince: '2026-02-30 08:00' })).toEqual({
      ok: false,
      problems: [{ path: 'changedSince', message: 'a day that is in no calendar' }],
    });
  });

  it('is taken as it is, and unknown fields are told', () => {
    const input = { table, columns: ['id'], limit: 10, changedSince: '-2 days' };
    expect(checkExportTableInput(input)).toEqual({ ok: true, value: input });
    expect(checkExportTableInput({ table, colums: ['id'] })).toEqual({
      ok: false,
      problems: [{ path: 'colums', message: 'unknown field. Did you mean "columns"?' }],
    });
  });
});
