import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import type { HealthNews } from '../../src/keboola/http/connection-health.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { BadConnections } from '../../src/worker/bad-connections.js';
import { eventually } from '../support/eventually.js';

const MINUTE_MS = 60_000;

let sandbox: Sandbox;
let connections: Connections;
let token: string;
let bad: BadConnections;
const news: HealthNews['kind'][] = [];
/** How often somebody was asked. */
let asked: number;

beforeEach(async () => {
  sandbox = await startSandbox();
  // Requests have timers of their own, which go by the real clock.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  token = 'unknown-to-keboola';
  news.length = 0;
  asked = 0;
  bad = new BadConnections(() => {
    asked += 1;
    return connections;
  });
  connections = new Connections([{ name: 'default', url: sandbox.url, token: () => token }], {
    tell: ({ name }, one) => {
      news.push(one.kind);
      bad.heard(name, one);
    },
  });
  bad.begin();
  await expect(connections.get('default').facts()).rejects.toThrow();
});
afterEach(async () => {
  bad.end();
  vi.useRealTimers();
  await connections.close();
  await sandbox.close();
});

it('sees within a minute that a connection which no job uses is well again, and then asks no more', async () => {
  expect(news).toEqual(['token-refused']);
  ({ token } = sandbox);
  vi.advanceTimersByTime(MINUTE_MS);
  await eventually(() => expect(news).toEqual(['token-refused', 'well']));
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(asked).toBe(1);
});

it('asks no more once its worker has ended', () => {
  bad.end();
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(asked).toBe(0);
});
