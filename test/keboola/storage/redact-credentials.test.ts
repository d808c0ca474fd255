import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactCredentials } from '../../../src/keboola/storage/redact-credentials.js';

describe('what lets anybody in', () => {
  it.each([
    [
      { connection: { user: 'u', password: 'p', host: 'h' } },
      { connection: { user: 'u', password: '***', host: 'h' } },
    ],
    [{ absUploadParams: { blobName: 'b' } }, { absUploadParams: '***' }],
    [{ credentials: { AccessKeyId: 'a' } }, { credentials: '***' }],
    [
      { SecretAccessKey: 's', SessionToken: 't' },
      { SecretAccessKey: '***', SessionToken: '***' },
    ],
    [{ list: [{ '#secret': 'x' }, { privateKey: 'k' }] }, { list: [{ '#secret': '***' }, { privateKey: '***' }] }],
    ['https://a.example/f?sv=1&sig=abc%3D', 'https://a.example/f?***'],
    ['see 1134-53044-AbCdEfGh123 there', 'see *** there'],
  ])('is starred out: %j', (given, shown) => {
    expect(redactCredentials(given)).toEqual(shown);
  });

  it('is found in a second, however long a row of question marks is', () => {
    const row = '?'.repeat(200_000);
    const startedMs = performance.now();
    expect(redactCredentials(`Bad row: ${row}`)).toBe(`Bad row: ${row}`);
    expect(redactCredentials(`${row}&sig=abc there`)).toBe('?*** there');
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('is nothing of a table or of a load', () => {
    const results = {
      id: 'in.c-main.orders',
      primaryKey: ['id'],
      indexKey: [],
      distributionKey: [],
      rowsCount: 2,
      importedColumns: ['id', 'password'],
      file: { id: 7 },
      creatorToken: { id: 1, description: 'me' },
      uri: 'https://connection.keboola.com/v2/storage/tables/in.c-main.orders',
      sharing: null,
    };
    expect(redactCredentials(results)).toEqual(results);
  });

  it('is under any name with a mark in front, which Keboola itself encrypts, and not behind', () => {
    expect(redactCredentials({ '#note': 'x', 'note#': 'x', 'pass-word': 'x' })).toEqual({
      '#note': '***',
      'note#': 'x',
      'pass-word': '***',
    });
  });

  it.each([null, '', true, false])('is nothing that is not there: %j', (password) => {
    expect(redactCredentials({ password })).toEqual({ password });
  });

  it.each([0, 7, 'x', [], {}])('is whatever else stands under its name: %j', (password) => {
    expect(redactCredentials({ password })).toEqual({ password: '***' });
  });

  it('is not looked for below 20 levels, of which nothing is shown', () => {
    const maps = (depth: number, inmost: unknown): unknown => (depth === 0 ? inmost : { a: maps(depth - 1, inmost) });
    const lists = (depth: number, inmost: unknown): unknown => (depth === 0 ? inmost : [lists(depth - 1, inmost)]);
    for (const nested of [maps, lists]) {
      expect(redactCredentials(nested(19, { b: 1 }))).toEqual(nested(19, { b: 1 }));
      expect(redactCredentials(nested(20, { b: 1 }))).toEqual(nested(20, '***'));
      expect(redactCredentials(nested(20, 'text'))).toEqual(nested(20, 'text'));
    }
  });

  it('is found at any depth, and nothing is too deep to be hidden', () => {
    const nested = (depth: number): unknown => (depth === 0 ? { password: 'p' } : { a: nested(depth - 1) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (depth) => {
        expect(JSON.stringify(redactCredentials(nested(depth)))).not.toContain('"p"');
      }),
    );
  });
});
