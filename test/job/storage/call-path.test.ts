import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStoragePath } from '../../../src/job/storage/call-path.js';

describe('the path of a call of Storage', () => {
  it.each(['tables/in.c-main.orders/import-async', 'branch/7/tables/in.c-main.orders?async=true&force=1', 'a..b/c~1'])(
    'may be %s',
    (path) => {
      expect(isStoragePath(path)).toBe(true);
    },
  );

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    'a/..',
    '..?a=b',
    'v2/a',
    'a%2Fb',
    '%2e%2e/a',
    'a b',
    'a#b',
    'a?b?c',
  ])('may not be %j', (path) => {
    expect(isStoragePath(path)).toBe(false);
  });

  it('stays below where it is put, whatever it is', () => {
    const pieces = fc.constantFrom('..', '.', '/', '%2e', '%2F', '\\', '?', '#', 'a', ':', '@', '\t', 'v2/');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = parts.join('');
        fc.pre(isStoragePath(path));
        const url = new URL('https://keboola.example');
        const [route = ''] = path.split('?');
        url.pathname = `/v2/storage/${route}`;
        expect(url.pathname).toBe(`/v2/storage/${route}`);
        expect(url.host).toBe('keboola.example');
      }),
    );
  });

  it('is told at once from one that is none, however long it is', () => {
    expect(isStoragePath(`buckets/${'a'.repeat(900)}/tables-async `)).toBe(false);
    expect(isStoragePath('a'.repeat(1_001))).toBe(false);
  });
});
