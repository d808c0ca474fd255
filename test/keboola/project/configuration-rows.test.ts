import { describe, expect, test } from 'vitest';
import { startFakeStack } from '../../support/fake-stack.js';
import { replies } from '../../support/replies.js';
import type { Reply } from '../../support/raw-server.js';

const RUN = { component: 'keboola.ex-http', config: 'a/b' };
const PATH = '/v2/storage/components/keboola.ex-http/configs/a%2Fb/rows';
const LIST = replies.json(200, [{ id: 'orders', name: 'Orders' }, { id: 7 }]);

async function answering(reply: Reply, path = PATH): ReturnType<typeof startFakeStack> {
  return await startFakeStack({ routes: { [`GET ${path}`]: reply } });
}

describe('rows of a configuration', () => {
  test('that it does not have are named with their places, and with the one that was perhaps meant', async () => {
    const { keboola } = await answering(LIST);
    expect(await keboola.components.missingRows({ ...RUN, rows: ['orders', 'order', '7', 'nothing'] })).toEqual([
      {
        path: 'rows.1',
        message: 'configuration "a/b" of component "keboola.ex-http" has no row "order". Did you mean "orders"?',
      },
      { path: 'rows.3', message: 'configuration "a/b" of component "keboola.ex-http" has no row "nothing".' },
    ]);
  });

  test('are looked for in the branch that the job runs in', async () => {
    const { keboola } = await answering(LIST, PATH.replace('storage', 'storage/branch/12'));
    const problems = await keboola.components.missingRows({ ...RUN, branchId: '12', rows: ['x'] });
    expect(problems.map(({ path }) => path)).toEqual(['rows.0']);
  });

  test.each(['.', '..'])('of a configuration %j, which is none, are not looked for elsewhere', async (config) => {
    const { keboola, requests } = await answering(LIST, '/v2/storage/components/keboola.ex-http/rows');
    expect(await keboola.components.missingRows({ ...RUN, config, rows: ['x'] })).toEqual([]);
    expect(requests.filter(({ path }) => path.endsWith('/rows'))).toEqual([]);
  });

  test('are told of ten times at most', async () => {
    const { keboola } = await answering(LIST);
    const rows = Array.from({ length: 300 }, (_, at) => `row-${at}`);
    expect(await keboola.components.missingRows({ ...RUN, rows })).toHaveLength(10);
  });

  test.each([
    ['the token may not list them', replies.json(403, { error: 'no' })],
    ['Keboola does not know the call', replies.json(404, { error: 'no' })],
    ['the answer is something else', replies.json(200, { rows: [] })],
  ])('are not said to be missing where %s', async (_, reply) => {
    const { keboola } = await answering(reply);
    expect(await keboola.components.missingRows({ ...RUN, rows: ['x'] })).toEqual([]);
  });

  test('are asked for again later where Keboola is down', async () => {
    const { keboola } = await answering(replies.html(502));
    await expect(keboola.components.missingRows({ ...RUN, rows: ['x'] })).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  test.each([
    ['none are named', {}],
    ['an inline configuration runs', { configData: {}, rows: ['x'] }],
  ])('cost no request where %s', async (_, more) => {
    const { keboola, requests } = await answering(LIST);
    expect(await keboola.components.missingRows({ ...RUN, ...more })).toEqual([]);
    expect(requests.filter(({ path }) => path === PATH)).toEqual([]);
  });
});
