import { describe, expect, test } from 'vitest';
import type { WhatToRun } from '../../../src/job/create/creation.js';
import { startFakeStack } from '../../support/fake-stack.js';
import { replies } from '../../support/replies.js';

const LIST = '/v2/storage/components?include=configuration';

/** The project's list with the configurations of one component. */
const listed = (...configurations: object[]): object[] => [
  { id: 'keboola.ex-http', uri: '', type: 'extractor', data: [], configurations },
];

describe('a project', () => {
  test('says which component it lacks and which one was perhaps meant', async () => {
    const { keboola } = await startFakeStack();
    expect(await keboola.components.missing('keboola.ex-http')).toBeUndefined();
    expect(await keboola.components.missing('keboola.ex-htp')).toBe(
      'component "keboola.ex-htp" does not exist. Did you mean "keboola.ex-http"?',
    );
    expect(await keboola.components.missing('zzz')).toBe('component "zzz" does not exist.');
  });

  test('is asked for its components once', async () => {
    const { keboola, requests } = await startFakeStack();
    await Promise.all([keboola.components.missing('a'), keboola.components.missing('b')]);
    await keboola.components.missing('c');
    expect(requests.filter(({ path }) => path === LIST)).toHaveLength(1);
  });

  test('whose component list is something else names the wrong field', async () => {
    const { keboola } = await startFakeStack({
      routes: { 'GET /v2/storage/components': replies.json(200, [{ id: 'a', uri: '' }, { id: 7 }]) },
    });
    await expect(keboola.components.missing('a')).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringContaining('"1.id" is not as documented') as string,
    });
  });

  test('also proposes a component that no configuration of it uses yet, from the index of the stack', async () => {
    const index = replies.json(200, { components: [{ id: 'gooddata-writer' }, { id: 'orchestrator' }] });
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage': index } });
    expect(await keboola.components.missing('gooddata-writter')).toContain('Did you mean "gooddata-writer"?');
  });

  test.each([[{ 1: { id: 'gooddata-writer' } }, ' Did you mean "gooddata-writer"?'] as const, [null, ''] as const])(
    'takes the index as PHP may write it: %j',
    async (components, advice) => {
      const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage': replies.json(200, { components }) } });
      const message = `component "gooddata-writter" does not exist.${advice}`;
      expect(await keboola.components.missing('gooddata-writter')).toBe(message);
    },
  );

  test('does without the index where that cannot be had', async () => {
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage': replies.html(502) } });
    expect(await keboola.components.missing('gooddata-writter')).toBe('component "gooddata-writter" does not exist.');
  });
});

describe('variables that have no values', () => {
  const run = { component: 'keboola.ex-http', config: 'day' };
  const list = replies.json(
    200,
    listed(
      { id: 'day', configuration: { variables_id: '12', parameters: {} } },
      { id: 'number', configuration: { variables_id: 12, variables_values_id: null } },
      { id: 'default', configuration: { variables_id: '12', variables_values_id: '13' } },
      ...[[], null, 'text', {}, { variables_id: '' }, { variables_id: {} }].map((configuration, at) => ({
        id: `odd-${at}`,
        configuration,
      })),
      { id: 'none' },
    ),
  );
  const routes = { [`GET ${LIST}`]: list };

  test.each([
    ['of a stored configuration', {}],
    ['whose id is a number', { config: 'number' }],
    ['of an inline configuration', { config: 'none', configData: { variables_id: '12' } }],
  ])('are noticed: %s', async (_, what) => {
    const { keboola } = await startFakeStack({ routes });
    expect(await keboola.components.forgetsVariables({ ...run, ...what })).toBe(true);
  });

  test.each<[string, Partial<WhatToRun>]>([
    ['the values are given', { variableValuesData: { values: [] } }],
    ['stored values are named', { variableValuesId: '13' }],
    ['the configuration has stored ones for them', { config: 'default' }],
    ['an inline configuration that has none is run instead', { configData: {} }],
    ['the configuration is one in a branch, of which the list shows nothing', { branchId: '900' }],
    ['it is not in the list', { config: 'gone' }],
    ['the component is not in the list', { component: 'ex-db' }],
    ...[0, 1, 2, 3, 4, 5].map((at): [string, Partial<WhatToRun>] => [
      `what it holds is odd (${at})`,
      { config: `odd-${at}` },
    ]),
  ])('are none where %s', async (_, what) => {
    const { keboola } = await startFakeStack({ routes });
    expect(await keboola.components.forgetsVariables({ ...run, ...what })).toBe(false);
  });

  test('cost no request beside those that find the configuration', async () => {
    const { keboola, requests } = await startFakeStack({ routes });
    await keboola.components.missingConfig(run);
    const before = requests.length;
    await keboola.components.forgetsVariables(run);
    expect(requests).toHaveLength(before);
  });
});

describe('a configuration', () => {
  const run = { component: 'keboola.ex-http', config: 'orderz' };

  test.each([
    ['orderz', ' Did you mean "orders"?'],
    ['daily ORDERS', ' Did you mean "orders"?'],
    ['something else', ''],
  ])('that the list lacks is named, with the one that was perhaps meant: %s', async (config, hint) => {
    const list = replies.json(200, listed({ id: 'orders', name: 'Daily orders' }, { id: 7, name: 'Seventh' }));
    const { keboola } = await startFakeStack({ routes: { [`GET ${LIST}`]: list } });
    expect(await keboola.components.missingConfig({ ...run, config })).toBe(
      `component "keboola.ex-http" has no configuration "${config}".${hint}`,
    );
    expect(await keboola.components.missingConfig({ ...run, config: '7' })).toBeUndefined();
  });

  test('that was made a moment ago is found by a second look', async () => {
    let looks = 0;
    const { keboola } = await startFakeStack({
      routes: {
        [`GET ${LIST}`]: (response, request) => {
          looks += 1;
          replies.json(200, listed({ id: 'a' }, ...(looks > 1 ? [{ id: 'orderz' }] : [])))(response, request);
        },
      },
    });
    expect(await keboola.components.missingConfig(run)).toBeUndefined();
    expect(looks).toBe(2);
  });

  test.each([
    ['is of a branch', { branchId: '12' }],
    ['is only a name beside an inline one', { configData: {} }],
    ['is of a component that the list does not know', { component: 'ex-db' }],
  ])('is left to Keboola where it %s', async (_, what) => {
    const { keboola } = await startFakeStack({ routes: { [`GET ${LIST}`]: replies.json(200, listed({ id: 'a' })) } });
    expect(await keboola.components.missingConfig({ ...run, ...what })).toBeUndefined();
  });

  test.each([
    ['the token may not list them', replies.json(403, { error: 'You do not have access' })],
    ['there are more than we take', replies.large(9 * 1024 * 1024)],
  ])('is left to Keboola, and the components are known all the same, where %s', async (_, reply) => {
    const { keboola } = await startFakeStack({ routes: { [`GET ${LIST}`]: reply } });
    expect(await keboola.components.missingConfig(run)).toBeUndefined();
    expect(await keboola.components.missing('keboola.ex-htp')).toContain('Did you mean "keboola.ex-http"?');
  });
});
