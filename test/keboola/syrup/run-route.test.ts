import { describe, expect, test } from 'vitest';
import type { CreateJobRequest } from '../../../src/job/creation.js';
import { runRoute } from '../../../src/keboola/syrup/run-route.js';

const request: CreateJobRequest = { connection: 'default', component: 'keboola.ex-http', runId: '9.1' };

describe('the path', () => {
  test.each([
    ['of a docker component', 'https://syrup.keboola.com/docker/keboola.ex-http', '/docker/keboola.ex-http/run'],
    ['of a native application', 'https://syrup.keboola.com/ex-db', '/ex-db/run'],
    ['of a uri that ends with slashes', 'https://syrup.keboola.com/ex-db//', '/ex-db/run'],
    ['of a uri at another host', 'https://evil.example/docker/x', '/docker/x/run'],
    ['of a component without a uri', '', '/docker/keboola.ex-http/run'],
    ['of a component that the list lacks', undefined, '/docker/keboola.ex-http/run'],
    ['of a uri without a path', 'https://syrup.keboola.com/', '/docker/keboola.ex-http/run'],
    ['of a uri that is none', 'docker/keboola.ex-http', '/docker/keboola.ex-http/run'],
  ])('%s is taken from the component list', (_, uri, path) => {
    expect(runRoute(request, uri).path).toBe(path);
  });

  test('encodes an id that is no path segment', () => {
    expect(runRoute({ ...request, component: 'a/b' }, undefined).path).toBe('/docker/a%2Fb/run');
  });
});

describe('the body', () => {
  test('is an empty object when there is nothing to say', () => {
    expect(runRoute(request, undefined).body).toEqual({});
  });

  test('holds configuration, inline configuration and own keys, and nothing of ours', () => {
    const full = { ...request, config: 'orders', configData: { a: 1 }, params: { row: '7' } };
    expect(runRoute(full, undefined).body).toEqual({ config: 'orders', configData: { a: 1 }, row: '7' });
  });

  test('prefers the contract fields to own keys of the same name', () => {
    expect(runRoute({ ...request, config: 'orders', params: { config: 'other' } }, undefined).body).toEqual({
      config: 'orders',
    });
  });
});
