import { describe, expect, test } from 'vitest';
import type { RunRequest, WhatToRun } from '../../../src/job/create/creation.js';
import { runRoute } from '../../../src/keboola/syrup/run-route.js';

const request: RunRequest = { connection: 'default', project: '1134', component: 'keboola.ex-http', runId: '9.1' };
const NATIVE = 'https://syrup.keboola.com/ex-db';

describe('the path', () => {
  test.each([
    ['of a docker component', 'https://syrup.keboola.com/docker/keboola.ex-http', '/docker/keboola.ex-http/run'],
    ['of a native application', NATIVE, '/ex-db/run'],
    ['of a uri that ends with slashes', 'https://syrup.keboola.com/ex-db//', '/ex-db/run'],
    ['of a uri at another host', 'https://evil.example/docker/x', '/docker/x/run'],
    ['of a component without a uri', '', '/docker/keboola.ex-http/run'],
    ['of a component that the list lacks', undefined, '/docker/keboola.ex-http/run'],
    ['of a uri without a path', 'https://syrup.keboola.com/', '/docker/keboola.ex-http/run'],
    ['of a uri that is none', 'docker/keboola.ex-http', '/docker/keboola.ex-http/run'],
  ])('%s is taken from the component list', (_, uri, path) => {
    expect(runRoute(request, uri).path).toBe(path);
  });

  test.each<[Partial<WhatToRun>, string]>([
    [{ tag: '1.2.3' }, '/docker/x/run/tag/1.2.3'],
    [{ branchId: '77' }, '/docker/branch/77/x/run'],
    [{ branchId: '77', tag: '1.2.3' }, '/docker/branch/77/x/run/tag/1.2.3'],
    [{ mode: 'run' }, '/docker/x/run'],
    [{ mode: 'debug' }, '/docker/x/debug'],
    [{ mode: 'debug', branchId: '77' }, '/docker/branch/77/x/debug'],
    [{ tag: 'a/b', branchId: 'c d' }, '/docker/branch/c%20d/x/run/tag/a%2Fb'],
  ])('of a docker component run with %j is %s', (what, path) => {
    expect(runRoute({ ...request, ...what }, 'https://syrup.keboola.com/docker/x').path).toBe(path);
  });

  test('encodes an id that is no path segment', () => {
    expect(runRoute({ ...request, component: 'a/b' }, undefined).path).toBe('/docker/a%2Fb/run');
  });
});

describe('the body', () => {
  test('is an empty object when there is nothing to say', () => {
    expect(runRoute(request, undefined).body).toStrictEqual({});
    expect(runRoute(request, NATIVE).body).toStrictEqual({});
  });

  test('holds configuration, inline configuration and own keys, and nothing of ours', () => {
    const full = { ...request, parentRunId: '9', config: 'orders', configData: { a: 1 }, params: { row: '7' } };
    expect(runRoute(full, NATIVE).body).toEqual({ config: 'orders', configData: { a: 1 }, row: '7' });
  });

  test('of a docker component holds row and variables, and leaves to the path what the path says', () => {
    const values = { variableValuesId: '3', variableValuesData: { values: [{ name: 'day', value: '1' }] } };
    const what = { config: 'orders', rows: ['7'], tag: '1', branchId: '2', mode: 'debug' as const, ...values };
    expect(runRoute({ ...request, ...what }, undefined).body).toEqual({ config: 'orders', row: '7', ...values });
  });

  test('prefers the contract fields to own keys of the same name', () => {
    expect(runRoute({ ...request, config: 'orders', params: { config: 'other' } }, NATIVE).body).toEqual({
      config: 'orders',
    });
  });
});
