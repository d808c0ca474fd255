import { describe, expect, it } from 'vitest';
import { isSameCount, loadedRows } from '../../../src/job/storage/loaded-rows.js';

describe('the rows that Storage says it has loaded', () => {
  it.each([
    ['of a load', { importedRowsCount: 3, totalRowsCount: 9 }, [2, false, 3, true, 4, false]],
    ['of a table that is made', { rowsCount: 3 }, [2, false, 3, true, 4, false]],
    [
      'of a table with a primary key, whose rows may have become one',
      { rowsCount: 3, primaryKey: ['id'] },
      [2, false, 3, true, 4, true],
    ],
    ['of a table with an empty primary key', { rowsCount: 3, primaryKey: [] }, [2, false, 3, true, 4, false]],
  ])('are compared with ours: those %s', (_, results, answers) => {
    const loaded = loadedRows(results);
    expect([2, 3, 4].flatMap((count) => [count, loaded && isSameCount(loaded, count)])).toEqual(answers);
  });

  it('may be fewer where a key was asked for, also where Storage says too much of the table to be kept whole', () => {
    const loaded = loadedRows({ rowsCount: 3 }, ['id']);
    expect([2, 3, 4].map((count) => loaded && isSameCount(loaded, count))).toEqual([false, true, true]);
    expect(loadedRows({ rowsCount: 3, primaryKey: [] }, ['id'])?.isUnique).toBe(false);
  });

  it('are never none of some, whatever becomes one', () => {
    const none = loadedRows({ rowsCount: 0, primaryKey: ['id'] });
    expect([0, 1, 4].map((count) => none && isSameCount(none, count))).toEqual([true, false, false]);
  });

  it.each([[undefined], [null], [[]], [{}], [{ rowsCount: null }], [{ importedRowsCount: '3' }]])(
    'are none where it says nothing of them: %j',
    (results) => {
      expect(loadedRows(results)).toBeUndefined();
    },
  );
});
