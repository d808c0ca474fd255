import { describe, expect, it } from 'vitest';
import type { ActionApi } from '../../../src/keboola/jobs/action-api.js';
import { startFakeStack, STACK_TOKEN } from '../../support/fake-stack.js';
import type { Reply, SeenRequest } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

interface Lab {
  actions: ActionApi;
  /** The requests since discovery. */
  seen: () => SeenRequest[];
}

async function lab(routes: Record<string, Reply>): Promise<Lab> {
  const { keboola, requests } = await startFakeStack({ routes });
  return { actions: await keboola.actions(), seen: () => requests.filter(({ path }) => path.startsWith('/docker')) };
}

const bodyOf = (request: SeenRequest | undefined): unknown => JSON.parse(request?.body ?? '') as unknown;

describe('a synchronous action', () => {
  const POST = 'POST /docker/keboola.ex-http/action/testConnection';
  const call = { component: 'keboola.ex-http', action: 'testConnection' };

  it('is one call with the configuration and the token, made only when it is sent', async () => {
    const { actions, seen } = await lab({ [POST]: replies.json(200, { status: 'ok' }) });
    const prepared = await actions.prepareAction({ ...call, configData: { parameters: { host: 'a' } } });
    expect(seen()).toEqual([]);
    expect(await prepared.send()).toEqual({ status: 'ok' });
    expect(seen()).toHaveLength(1);
    expect(seen()[0]?.headers).toMatchObject({ 'x-storageapi-token': STACK_TOKEN });
    expect(bodyOf(seen()[0])).toEqual({ configData: { parameters: { host: 'a' } } });
  });

  it('is called with an empty configuration where none is given', async () => {
    const { actions, seen } = await lab({ [POST]: replies.json(200, {}) });
    await (await actions.prepareAction(call)).send();
    expect(bodyOf(seen()[0])).toEqual({ configData: {} });
  });

  it('of a branch is called there, and not again when it fails', async () => {
    const { actions, seen } = await lab({});
    const prepared = await actions.prepareAction({ ...call, branchId: '77' });
    await expect(prepared.send()).rejects.toMatchObject({ kind: 'not-found' });
    expect(seen().map(({ path }) => path)).toEqual(['/docker/branch/77/keboola.ex-http/action/testConnection']);
  });
});

describe('statistics', () => {
  const TOTAL = 'GET /docker/stats/project';
  const DAILY = 'GET /docker/stats/project/daily';
  const days = [
    { date: '2016-05-15', durationSum: 30 },
    { date: '2016-05-17', durationSum: '12' },
  ];

  it.each([
    ['without days', {}],
    ['with a first day alone', { fromDate: '2016-05-15' }],
    ['with a last day alone', { toDate: '2016-05-17' }],
  ])('%s are of all time', async (_, input) => {
    const { actions, seen } = await lab({ [TOTAL]: replies.json(200, { jobs: { durationSum: '4711' } }) });
    expect(await actions.statistics(input)).toEqual({ durationSeconds: 4711 });
    expect(seen()).toMatchObject([
      { method: 'GET', path: '/docker/stats/project', headers: { 'x-storageapi-token': STACK_TOKEN } },
    ]);
  });

  it.each([
    [undefined, '+00:00'],
    ['-02:00', '-02:00'],
  ])('of days are told by day and in sum, at the offset %s', async (timezoneOffset, asked) => {
    const { actions, seen } = await lab({ [DAILY]: replies.json(200, { jobs: days }) });
    const input = {
      fromDate: '2016-05-15',
      toDate: '2016-05-17',
      ...(timezoneOffset !== undefined && { timezoneOffset }),
    };
    expect(await actions.statistics(input)).toEqual({
      durationSeconds: 42,
      days: [
        { date: '2016-05-15', durationSeconds: 30 },
        { date: '2016-05-17', durationSeconds: 12 },
      ],
    });
    const query = Object.fromEntries(new URL(seen()[0]?.path ?? '', 'http://x').searchParams);
    expect(query).toEqual({ fromDate: '2016-05-15', toDate: '2016-05-17', timezoneOffset: asked });
  });

  it('that are none are a protocol error', async () => {
    const { actions } = await lab({ [TOTAL]: replies.json(200, { jobs: [] }) });
    await expect(actions.statistics({})).rejects.toMatchObject({ kind: 'protocol' });
  });
});

describe('a configuration with its variables', () => {
  const wanted = { component: 'keboola.ex-http', config: '12', version: 3 };
  const POST = 'POST /docker/configuration/resolve';

  it('is asked for by component, id and version, and answered as it is', async () => {
    const { actions, seen } = await lab({ [POST]: replies.json(200, { id: '12', configuration: {} }) });
    expect(await actions.resolve(wanted)).toEqual({ id: '12', configuration: {} });
    expect(seen()).toMatchObject([{ method: 'POST', headers: { 'x-storageapi-token': STACK_TOKEN } }]);
    expect(bodyOf(seen()[0])).toEqual({ componentId: 'keboola.ex-http', configId: '12', configVersion: 3 });
  });

  it.each([
    ['stored values', { variableValuesId: '9' }],
    ['values of its own', { variableValuesData: { values: [{ name: 'day', value: '1' }] } }],
  ])('is filled with %s', async (_, values) => {
    const { actions, seen } = await lab({ [POST]: replies.json(200, {}) });
    await actions.resolve({ ...wanted, ...values });
    expect(bodyOf(seen()[0])).toMatchObject({ configId: '12', ...values });
    expect(Object.keys(bodyOf(seen()[0]) as object)).toHaveLength(4);
  });

  it('is that of a branch where one is named', async () => {
    const { actions, seen } = await lab({ 'POST /docker/branch/a%2Fb/configuration/resolve': replies.json(200, {}) });
    await actions.resolve({ ...wanted, branchId: 'a/b' });
    expect(seen()).toHaveLength(1);
  });
});
