import { afterAll, beforeAll, expect, it } from 'vitest';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import { TalliedSender } from '../../../src/keboola/tally/tallied-sender.js';
import type { Asked } from '../../../src/keboola/tally/tally.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

let sandbox: Sandbox;
const http = new KeboolaHttp('test');
const asked: Asked[] = [];
const tally = { asked: (one: Asked): void => void asked.push(one) };
const sender = new TalliedSender(http, { connection: 'default', tally, routeOf: () => '/a/{template}' });

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});

async function statusOf(url: URL, signal?: AbortSignal): Promise<string | undefined> {
  const token = sandbox.token;
  await sender.send({ method: 'GET', url, token, timeoutMs: 5_000, ...(signal && { signal }) }).catch(() => undefined);
  return asked.at(-1)?.status;
}

it('tells the status of every answer, and why there was none', async () => {
  const nobody = new URL('http://127.0.0.1:1/v2/storage');
  expect(await statusOf(new URL('/v2/storage', sandbox.url))).toBe('200');
  expect(await statusOf(new URL('/nowhere', sandbox.url))).toBe('404');
  expect(await statusOf(nobody)).toBe('not-sent');
  expect(await statusOf(nobody, AbortSignal.abort())).toBe('given-up');
  expect(asked).toHaveLength(4);
  expect(asked[0]).toMatchObject({ connection: 'default', method: 'GET', route: '/a/{template}' });
  expect(asked[0]?.durationSeconds).toBeGreaterThan(0);
});
