import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnName, columnNames } from '../../../src/input/storage/column-name.js';
import { columnNames as ofSandbox } from '../../../src/sandbox/storage/names.js';

describe('the name of a column', () => {
  it.each([
    ['order-id', 'order_id'],
    ['shop name', 'shop_name'],
    ['Název obchodu (Kč)', 'Nazev_obchodu_Kc'],
    ['__id__', 'id'],
    ['a__b', 'a__b'],
    ['---', ''],
    [`${'_'.repeat(1_000_000)}a`, 'a'],
  ])('is the one that Storage keeps: %.20s', (written, kept) => {
    expect(columnName(written)).toBe(kept);
  });

  it('is the same when it is normalized again, and the same as the sandbox keeps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (written) => {
        const name = columnName(written);
        expect(columnName(name)).toBe(name);
        if (name !== '' && name.length <= 64) expect(ofSandbox([written])).toEqual([name]);
      }),
    );
  });

  it('is there once, in whatever ways it is written', () => {
    expect(columnNames(['order-id', 'order_id', 'shop'])).toEqual(['order_id', 'shop']);
  });
});
