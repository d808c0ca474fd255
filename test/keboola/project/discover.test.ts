import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../../src/keboola/connection/connection.js';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import { discover, type Discovery } from '../../../src/keboola/project/discover.js';
import type { ProjectFacts } from '../../../src/keboola/project/project.js';
import { startRawServer } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

/** What is discovered of a project where the stack's index names these services, each at a path of its host. */
async function discovered(
  services: readonly string[],
  facts: Partial<ProjectFacts> = {},
): Promise<{ found: Discovery | Error; asked: number }> {
  const server = await startRawServer((response, request) => {
    const index = services.map((id) => ({ id, url: `${server.url}/at-${id}` }));
    replies.json(200, { services: index })(response, request);
  });
  const http = new KeboolaHttp('test');
  onTestFinished(() => http.close());
  const connection = new Connection({ name: 'default', url: server.url, token: () => 'token' });
  const found = await discover(http, connection, { id: '7', name: 'Seven', ...facts }).catch((error: unknown) => error);
  return { found: found as Discovery | Error, asked: server.requests.length };
}

it.each([
  [['syrup', 'docker-runner'], '/at-docker-runner'],
  [['import', 'syrup'], '/at-syrup'],
])('a stack with the services %j speaks Syrup, and has its actions at %s', async (services, path) => {
  const { found } = await discovered(services, { features: ['new-ui'] });
  expect(found).toMatchObject({
    dialect: 'syrup',
    services: { jobs: { pathname: '/at-syrup' }, actions: { pathname: path } },
  });
});

it('a project on Queue v2 is refused by its features alone, whatever its stack has', async () => {
  const { found, asked } = await discovered(['syrup', 'queue'], { features: ['queuev2'] });
  const message = expect.stringContaining(
    'Connection "default": project 7 "Seven" has the feature "queuev2"',
  ) as string;
  expect(found).toMatchObject({ name: 'QueueV2Project', message });
  expect(asked).toBe(0);
});

it('a stack without Syrup is refused', async () => {
  const { found } = await discovered(['queue']);
  const message = expect.stringContaining('its stack has no Syrup service') as string;
  expect(found).toMatchObject({ name: 'QueueV2Project', message });
});
