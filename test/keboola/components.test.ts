import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestId } from '../../src/keboola/components.js';
import { startFakeStack } from '../support/fake-stack.js';
import { replies } from '../support/replies.js';

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

  test('is one of the known ones or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (id, known) => {
        const nearest = nearestId(id, known);
        if (nearest !== undefined) expect(known).toContain(nearest);
      }),
    );
  });
});

describe('a project', () => {
  test('says which component it lacks and which one was perhaps meant', async () => {
    const { keboola } = await startFakeStack();
    expect(await keboola.missingComponent('keboola.ex-http')).toBeUndefined();
    expect(await keboola.missingComponent('keboola.ex-htp')).toBe(
      'component "keboola.ex-htp" does not exist. Did you mean "keboola.ex-http"?',
    );
    expect(await keboola.missingComponent('zzz')).toBe('component "zzz" does not exist.');
  });

  test('is asked for its components once', async () => {
    const { keboola, requests } = await startFakeStack();
    await Promise.all([keboola.missingComponent('a'), keboola.missingComponent('b')]);
    await keboola.missingComponent('c');
    expect(requests.filter(({ path }) => path === '/v2/storage/components')).toHaveLength(1);
  });

  test('whose component list is something else names the wrong field', async () => {
    const { keboola } = await startFakeStack({
      routes: { 'GET /v2/storage/components': replies.json(200, [{ id: 'a', uri: '' }, { id: 7 }]) },
    });
    await expect(keboola.missingComponent('a')).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringContaining('"1.id" is not as documented') as string,
    });
  });
});
