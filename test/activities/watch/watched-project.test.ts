import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WatchedProject } from '../../../src/activities/watch/watched-project.js';
import type { WatchRequest } from '../../../src/job/watch/watch-request.js';
import type { ConnectionSettings } from '../../../src/keboola/connection/connection.js';
import { OtherProject, UnknownConnection } from '../../../src/keboola/connection/errors.js';
import { KeboolaError } from '../../../src/keboola/http/keboola-error.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { QUEUE_TOKEN } from '../../support/queue-project.js';

let sandbox: Sandbox;
let request: WatchRequest;

beforeAll(async () => {
  sandbox = await startSandbox();
  request = { connection: 'default', stack: new URL(sandbox.url).host, project: '1134' };
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Settings = Partial<ConnectionSettings> & { name: string };

interface OfWorker {
  project: WatchedProject;
  /** By which connection it is asked now. */
  askedBy: () => Promise<string>;
  passes: (ms: number) => void;
}

/** The project as a worker watches it that knows these connections. */
async function inWorker<T>(settings: readonly Settings[], work: (worker: OfWorker) => Promise<T>): Promise<T> {
  const connections = new Connections(
    settings.map((one) => ({ url: sandbox.url, token: () => sandbox.token, ...one })),
  );
  let nowMs = 0;
  const project = new WatchedProject({ connections }, request, () => nowMs);
  const askedBy = (): Promise<string> => project.ask(({ connection }) => Promise.resolve(connection.name));
  try {
    return await work({ project, askedBy, passes: (ms) => void (nowMs += ms) });
  } finally {
    await connections.close();
  }
}

/** By which connection a worker that knows these watches the project. */
async function watchedBy(...settings: Settings[]): Promise<string> {
  return await inWorker(settings, ({ askedBy }) => askedBy());
}

test('a project is watched by the connection that has started it, where that leads there', async () => {
  expect(await watchedBy({ name: 'first' }, { name: 'default' })).toBe('default');
});

test.each<[string, Settings[]]>([
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

const MINUTE_MS = 60_000;
const QUERY = { limit: 1, offset: 0 };

test('a token that is refused only later leaves the watch to another connection, and is tried again after five minutes', async () => {
  await inWorker([{ name: 'default' }, { name: 'other' }], async ({ project, askedBy, passes }) => {
    expect(await askedBy()).toBe('default');
    await project.jobs();
    sandbox.faults.add({ route: 'list', status: 401, times: 1 });
    expect(await (await project.jobs()).list(QUERY)).toMatchObject({ isWhole: true });
    expect(await askedBy()).toBe('other');
    passes(4 * MINUTE_MS);
    expect(await askedBy()).toBe('other');
    passes(MINUTE_MS);
    expect(await askedBy()).toBe('default');
  });
});

test('connections whose tokens are refused are not asked again at each look', async () => {
  const refused = ['default', 'second', 'third'].map((name) => ({ name, token: () => '1134-1-wrong' }));
  await inWorker([...refused, { name: 'other' }], async ({ askedBy }) => {
    const looks = 20;
    for (let look = 0; look < looks; look++) expect(await askedBy()).toBe('other');
  });
  expect(sandbox.counters.requests.verify).toBe(refused.length + 1);
});

test('where all tokens are refused, the connection of the watch says so, and is asked again at each look', async () => {
  let token = '1134-1-wrong';
  const both = [
    { name: 'default', token: () => token },
    { name: 'other', token: () => '1134-1-wrong' },
  ];
  await inWorker(both, async ({ askedBy }) => {
    await expect(askedBy()).rejects.toMatchObject({ kind: 'unauthorized' });
    token = sandbox.token;
    expect(await askedBy()).toBe('default');
  });
});

test('a fault of one connection that passes leaves the watch to the next, for a minute', async () => {
  await inWorker([{ name: 'default' }, { name: 'other' }], async ({ askedBy, passes }) => {
    sandbox.faults.add({ route: 'verify', status: 503, times: 1 });
    expect(await askedBy()).toBe('other');
    expect(await askedBy()).toBe('other');
    passes(MINUTE_MS);
    expect(await askedBy()).toBe('default');
  });
});

test('a worker is not left as one that does not reach the project while a fault of a connection may pass', async () => {
  await inWorker([{ name: 'other' }], async ({ askedBy, passes }) => {
    sandbox.faults.add({ route: 'verify', status: 503, times: 1 });
    for (let look = 0; look < 2; look++) await expect(askedBy()).rejects.toThrow(KeboolaError);
    passes(MINUTE_MS);
    expect(await askedBy()).toBe('other');
  });
});
