import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../../src/keboola/connection/connection.js';
import type { Dialect } from '../../../src/keboola/connection/dialect.js';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import { discover, type Discovery } from '../../../src/keboola/project/discover.js';
import type { ProjectFacts } from '../../../src/keboola/project/project.js';
import { startRawServer } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

/** What is discovered of a project where the stack's index names these services, each at a path of its host. */
async function discovered(
  services: readonly string[],
  facts: Partial<ProjectFacts> = {},
  api?: Dialect,
): Promise<{ found: Discovery | Error; asked: number }> {
  const server = await startRawServer((response, request) => {
    const index = services.map((id) => ({ id, url: `${server.url}/at-${id}` }));
    replies.json(200, { services: index })(response, request);
  });
  const http = new KeboolaHttp('test');
  onTestFinished(() => http.close());
  const connection = new Connection({ name: 'default', url: server.url, token: () => 'token', ...(api && { api }) });
  const found = await discover(http, connection, { id: '7', name: 'Seven', ...facts }).catch((error: unknown) => error);
  return { found: found as Discovery | Error, asked: server.requests.length };
}

/** By their paths. */
function servicesOf(found: Discovery | Error): Record<string, string> {
  const services = found instanceof Error ? {} : found.services;
  return Object.fromEntries(Object.entries<URL>(services).map(([name, { pathname }]) => [name, pathname]));
}

it.each([
  [['syrup', 'docker-runner'], { jobs: '/at-syrup', actions: '/at-docker-runner' }],
  [['import', 'syrup'], { jobs: '/at-syrup' }],
])('a stack with the services %j speaks Syrup at %j', async (services, paths) => {
  const { found } = await discovered(services, { features: ['new-ui'] });
  expect(found).toMatchObject({ dialect: 'syrup' });
  expect(servicesOf(found)).toEqual(paths);
});

it.each([
  [['syrup', 'queue', 'sync-actions'], { jobs: '/at-queue', actions: '/at-sync-actions' }],
  [['queue'], { jobs: '/at-queue' }],
])('a project with the feature is on Queue v2 in a stack of %j, at %j', async (services, paths) => {
  const { found, asked } = await discovered(services, { features: ['new-ui', 'queuev2'] });
  expect(found).toMatchObject({ dialect: 'queue' });
  expect(servicesOf(found)).toEqual(paths);
  expect(asked).toBe(1);
});

it.each([
  [['queue'], [], 'project 7 "Seven" is on Syrup, which its stack does not have'],
  [['syrup'], ['queuev2'], 'project 7 "Seven" is on Queue v2, which its stack does not have'],
])('a stack of %j has no jobs for a project with the features %j', async (services, features, words) => {
  const { found } = await discovered(services, { features });
  const message = expect.stringContaining(`Connection "default": ${words}`) as string;
  expect(found).toMatchObject({ name: 'NoJobApi', message });
});

it.each(['syrup', 'queue'] as const)(
  'a connection may say that it speaks %s, whatever its project has',
  async (api) => {
    for (const features of [[], ['queuev2']]) {
      const { found } = await discovered(['syrup', 'queue'], { features }, api);
      expect(found).toMatchObject({ dialect: api });
    }
  },
);

describe('an index of which a part cannot be read', () => {
  async function found(services: unknown): Promise<unknown> {
    const server = await startRawServer((response, request) => {
      const there = JSON.parse(JSON.stringify(services).replaceAll('HOST', server.url)) as unknown;
      replies.json(200, { services: there })(response, request);
    });
    const http = new KeboolaHttp('test');
    onTestFinished(() => http.close());
    const connection = new Connection({ name: 'default', url: server.url, token: () => 'token', api: 'queue' });
    return await discover(http, connection, { id: '7', name: 'Seven' }).catch((error: unknown) => error);
  }

  it('serves where that is of a service that nobody asks for', async () => {
    const others = [null, 7, { id: 'billing', url: null }, { url: 'x' }];
    expect(await found([...others, { id: 'queue', url: 'HOST/at-queue' }])).toMatchObject({ dialect: 'queue' });
  });

  it('serves where PHP has written the list with gaps', async () => {
    expect(await found({ 1: { id: 'queue', url: 'HOST/at-queue' } })).toMatchObject({ dialect: 'queue' });
  });

  it('is no answer where it holds no list', async () => {
    expect(await found({ queue: { id: 'queue', url: 'HOST/at-queue' } })).toMatchObject({ kind: 'protocol' });
  });

  const QUEUE = { id: 'queue', url: 'HOST/at-queue' };

  it.each([{ id: 'queue', url: null }, { id: 'queue' }])('is no answer where that is of jobs: %j', async (queue) => {
    expect(await found([queue, { id: 'sync-actions', url: 'HOST/a' }])).toMatchObject({ kind: 'protocol' });
  });

  it('is refused where jobs are said to be elsewhere', async () => {
    const elsewhere = { id: 'queue', url: 'https://queue.elsewhere.example' };
    expect(await found([elsewhere])).toMatchObject({ name: 'SettingsError' });
  });

  it.each([
    [{ url: null }, /names it without an address/],
    [{}, /names it without an address/],
    [{ url: 'https://sync-actions.elsewhere.example' }, /outside of the stack/],
    [{ url: 'ftp://nobody' }, /is not a web address/],
  ])('leads to jobs alone where that is of actions: %j', async (part, words) => {
    const { services } = (await found([{ id: 'sync-actions', ...part }, QUEUE])) as Discovery;
    expect(services.jobs.pathname).toBe('/at-queue');
    expect(services).not.toHaveProperty('actions');
    expect(services.noActions).toMatch(words);
  });
});
