import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchedKeboola } from '../../../src/activities/watch/watched-keboola.js';
import type { WatchRequest } from '../../../src/job/watch/watch-request.js';
import type { ConnectionSettings } from '../../../src/keboola/connection/connection.js';
import { OtherProject, UnknownConnection } from '../../../src/keboola/connection/errors.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { QUEUE_TOKEN } from '../../support/queue-project.js';

let sandbox: Sandbox;
let request: WatchRequest;

beforeAll(async () => {
  sandbox = await startSandbox();
  request = { connection: 'default', stack: new URL(sandbox.url).host, project: '1134' };
});
afterAll(() => sandbox.close());

/** By which connection a worker that knows these watches the project. */
async function watchedBy(...settings: (Partial<ConnectionSettings> & { name: string })[]): Promise<string> {
  const connections = new Connections(
    settings.map((one) => ({ url: sandbox.url, token: () => sandbox.token, ...one })),
  );
  const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) };
  try {
    return (await watchedKeboola(deps, request)).connection.name;
  } finally {
    await connections.close();
  }
}

test('a project is watched by the connection that has started it, where that leads there', async () => {
  expect(await watchedBy({ name: 'first' }, { name: 'default' })).toBe('default');
});

test.each<[string, (Partial<ConnectionSettings> & { name: string })[]]>([
  ['does not know that one', []],
  ['has a token of another project in it', [{ name: 'default', token: () => QUEUE_TOKEN }]],
  ['has a token in it that is refused', [{ name: 'default', token: () => '1134-1-wrong' }]],
  ['has no token in it', [{ name: 'default', token: () => '' }]],
  ['has another stack there', [{ name: 'default', url: 'http://127.0.0.1:1' }]],
])('a worker that %s watches the project by any other connection that leads there', async (_, settings) => {
  const other = { name: 'of-another-project', token: () => QUEUE_TOKEN };
  expect(await watchedBy(...settings, other, { name: 'other' })).toBe('other');
});

test('a connection that is not to be watched, and one of another stack, are not taken in its place', async () => {
  await expect(watchedBy({ name: 'quiet', watch: false })).rejects.toThrow(UnknownConnection);
  const elsewhere = { name: 'elsewhere', url: 'http://127.0.0.1:1' };
  await expect(watchedBy({ name: 'default', token: () => QUEUE_TOKEN }, elsewhere)).rejects.toThrow(OtherProject);
});
