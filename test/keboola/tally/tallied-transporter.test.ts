import { afterAll, beforeAll, expect, it } from 'vitest';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import { TalliedTransporter } from '../../../src/keboola/tally/tallied-transporter.js';
import type { Direction, Transferred } from '../../../src/keboola/tally/tally.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 1_000_000;
const LENGTH = 200_000;

let sandbox: Sandbox;
const http = new KeboolaHttp('test');
const moved: [Direction, number][] = [];
const transfers: Transferred[] = [];
const tallied = new TalliedTransporter(http, {
  moved: (...what) => moved.push(what),
  transferred: (transfer) => transfers.push(transfer),
});
const sum = (of: Direction): number => moved.reduce((total, [way, bytes]) => total + (way === of ? bytes : 0), 0);

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});

it('tells how many bytes have come, also while they come', async () => {
  const { length } = await (await fetch(`${sandbox.url}/v2/storage`)).text();
  const url = new URL('/v2/storage', sandbox.url);
  const { content } = await tallied.transfer({ method: 'GET', url, timeoutMs: TIMEOUT_MS, bytesMax: BYTES_MAX });
  expect([content.byteLength, sum('download')]).toEqual([length, length]);
  const { body } = await tallied.open({ url, timeoutMs: TIMEOUT_MS });
  for await (const piece of body) expect(piece.byteLength).toBeGreaterThan(0);
  expect(sum('download')).toBe(2 * length);
});

it('tells how many bytes have gone, once they were taken', async () => {
  const send = (path: string): Promise<unknown> =>
    tallied.transfer({
      method: 'PUT',
      url: new URL(path, sandbox.url),
      content: Buffer.alloc(LENGTH),
      timeoutMs: TIMEOUT_MS,
      bytesMax: BYTES_MAX,
      alsoTaken: [404, 405],
    });
  await send('/nowhere');
  expect(sum('upload')).toBe(LENGTH);
});

it('tells of each exchange where it went, and how it ended, by nothing that lets anybody in', () => {
  const host = new URL(sandbox.url).host;
  expect(transfers.map(({ durationSeconds, ...rest }) => [durationSeconds >= 0, rest])).toEqual([
    [true, { method: 'GET', host, status: '200', bytes: sum('download') / 2 }],
    [true, { method: 'GET', host, status: '200', bytes: sum('download') / 2 }],
    [true, { method: 'PUT', host, status: '404', bytes: LENGTH }],
  ]);
});

it('tells of an exchange that nobody has answered why there was no answer', async () => {
  const url = new URL('http://127.0.0.1:1/file?signature=secret');
  await expect(tallied.open({ url, timeoutMs: TIMEOUT_MS })).rejects.toThrow();
  const { durationSeconds: _, ...last } = transfers.at(-1)!;
  expect(last).toEqual({ method: 'GET', host: '127.0.0.1:1', status: 'not-sent', bytes: 0 });
});

const firstOf = async (body: AsyncIterable<Buffer>): Promise<Buffer | undefined> => {
  for await (const piece of body) return piece;
  return undefined;
};
const failAt = async (body: AsyncIterable<Buffer>): Promise<void> => {
  for await (const { byteLength } of body) throw new Error(`no room for ${byteLength} B`);
};

it.each([
  ['leaves', firstOf],
  ['fails', failAt],
])('tells of a file whose reader %s in the midst, with what had come', async (_, read) => {
  const url = new URL('/v2/storage', sandbox.url);
  const before = [transfers.length, sum('download')] as const;
  const { body } = await tallied.open({ url, timeoutMs: TIMEOUT_MS });
  await read(body).catch(() => undefined);
  const [told, ...more] = transfers.slice(before[0]);
  expect([told?.status, told?.bytes, more]).toEqual(['given-up', sum('download') - before[1], []]);
  expect(told!.bytes).toBeGreaterThan(0);
});
