import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestId } from '../../src/input/nearest-id.js';

const KNOWN = ['ex-db', 'keboola.ex-db-mysql', 'keboola.ex-http', 'keboola.wr-google-sheets'];

describe('the nearest id', () => {
  test.each([
    ['keboola.ex-db-mysq', 'keboola.ex-db-mysql'],
    ['keboola.ex-db-mysqll', 'keboola.ex-db-mysql'],
    ['Keboola.Ex-HTTP', 'keboola.ex-http'],
    ['keboola.ex-htpt', 'keboola.ex-http'],
    ['ex-bd', undefined],
    ['exdb', 'ex-db'],
    ['completely-different', undefined],
    ['', undefined],
  ])('to %j is %j', (id, nearest) => {
    expect(nearestId(id, KNOWN)).toBe(nearest);
  });

  test('is the id itself when it is known', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN), (id) => {
        expect(nearestId(id, KNOWN)).toBe(id);
      }),
    );
  });

  test('is found after any single slip', () => {
    const slip = fc.tuple(fc.constantFrom(...KNOWN), fc.nat(100), fc.constantFrom('drop', 'double', 'replace'));
    fc.assert(
      fc.property(slip, ([id, position, kind]) => {
        const at = position % id.length;
        const middle = { drop: '', double: id[at]!.repeat(2), replace: '~' }[kind];
        expect(nearestId(id.slice(0, at) + middle + id.slice(at + 1), KNOWN)).toBe(id);
      }),
    );
  });

  test('to what is longer than any slip makes it is none, and is not searched for letter by letter', () => {
    const startMs = performance.now();
    expect(nearestId('x'.repeat(1_000_000), Array.from({ length: 100 }, () => KNOWN).flat())).toBeUndefined();
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  test('is one of the known ones or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (id, known) => {
        const nearest = nearestId(id, known);
        if (nearest !== undefined) expect(known).toContain(nearest);
      }),
    );
  });
});
