import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import type { StorageFiles } from '../../src/keboola/storage/storage-files.js';
import { startRawServer } from '../support/raw-server.js';
import { replies } from '../support/replies.js';
import { STORES, type Store } from './support/stores.js';

/** S3 takes no smaller part. */
const PART = 5 * 1_048_576;
const CONTENT = randomBytes(3 * PART + 12_345);
const SMALL = Buffer.from('"id"\n"1"\n');

type Provider = keyof typeof STORES;

/** A Storage that hands out what lets into the store, for a file of that name. */
async function filesOf(
  store: Store,
  name: string,
  more: { isSliced?: boolean; hasWrongSecret?: boolean } = {},
): Promise<StorageFiles> {
  const { isSliced = false, hasWrongSecret } = more;
  const { prepared, document } = store.handedOut(name, hasWrongSecret);
  const { url } = await startRawServer((response, request) => {
    if (request.path === '/v2/storage/files/prepare') replies.json(201, { id: 7, ...prepared })(response, request);
    else if (request.path.endsWith('/refresh')) replies.json(200, { id: 7, ...prepared })(response, request);
    else if (request.method === 'DELETE') replies.text(204, '')(response, request);
    else replies.json(200, { id: 7, isSliced, ...document })(response, request);
  });
  const transfer = { partBytes: PART, patience: { attemptsMax: 6, pauseMs: 10 } };
  const settings = { name: 'default', url, filesUrl: store.proxy.origin, token: () => '1-1-token', transfer };
  const connections = new Connections([settings]);
  onTestFinished(() => connections.close());
  return connections.get('default').files;
}

async function* pieces(content: Buffer, bytes = 1_000_000): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < content.byteLength; at += bytes) {
    await Promise.resolve();
    yield content.subarray(at, at + bytes);
  }
}

const put = (files: StorageFiles, content: Buffer): Promise<{ bytes: number }> =>
  files.uploadStream({ name: 'orders.csv', content: pieces(content), runId: '1' });

async function read(files: StorageFiles): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of (await files.downloadStream('7')).content) all.push(piece);
  return Buffer.concat(all);
}

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe.each(Object.keys(STORES) as Provider[])('a file at a store of others for %s', (provider) => {
  let store: Store;
  beforeAll(async () => {
    store = await STORES[provider]();
  });
  afterAll(() => store.close());

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is short', SMALL],
    ['has several parts', CONTENT],
    ['ends with its second part', CONTENT.subarray(0, 2 * PART)],
  ])('comes back as it was where it %s', async (name, content) => {
    const files = await filesOf(store, `${name}, 50% & ünder.csv`);
    expect((await put(files, content)).bytes).toBe(content.byteLength);
    expect(digest(await read(files))).toBe(digest(content));
  });

  it('replaces the one that was there', async () => {
    const files = await filesOf(store, 'again.csv');
    await put(files, CONTENT);
    await put(files, SMALL);
    expect((await read(files)).toString()).toBe(SMALL.toString());
  });

  it('is whole where the answer to the beginning of its upload is lost', async () => {
    const files = await filesOf(store, 'lost.csv');
    store.proxy.loseAnswer(1);
    await put(files, CONTENT);
    expect(store.proxy.broken).toBe(1);
    expect(digest(await read(files))).toBe(digest(CONTENT));
  });

  it.each([1, PART, CONTENT.byteLength])(
    'is whole where a connection breaks after %i bytes on their way down',
    async (bytes) => {
      const files = await filesOf(store, `down-${bytes}.csv`);
      await put(files, CONTENT);
      store.proxy.breakAfter('down', bytes);
      expect(digest(await read(files))).toBe(digest(CONTENT));
      expect(store.proxy.broken).toBe(1);
    },
  );

  it('whose source breaks is not there', async () => {
    const files = await filesOf(store, 'broken.csv');
    const content = (async function* () {
      yield* pieces(CONTENT.subarray(0, 2 * PART));
      throw new Error('the disk is gone');
    })();
    const order = { name: 'orders.csv', content, runId: '1' };
    await expect(files.uploadStream(order)).rejects.toThrow('the disk is gone');
    await expect(read(files)).rejects.toMatchObject({ facts: { storeStatus: 404 } });
  });

  it('in slices is read as one', async () => {
    const slices = ['sliced.csv_0', 'sliced.csv_1'];
    for (const [at, name] of slices.entries()) await put(await filesOf(store, name), Buffer.from(`"${at}"\n`));
    const entries = slices.map((name) => ({ url: store.entry(name), mandatory: true }));
    await put(await filesOf(store, 'sliced.csvmanifest'), Buffer.from(JSON.stringify({ entries })));
    expect((await read(await filesOf(store, 'sliced.csv', { isSliced: true }))).toString()).toBe('"0"\n"1"\n');
  });
});

// fake-gcs-server asks nobody who he is, and takes the question how much of an upload has arrived for its end.
describe.each(['aws', 'azure'] as const)('a store of others for %s', (provider) => {
  let store: Store;
  beforeAll(async () => {
    store = await STORES[provider]();
  });
  afterAll(() => store.close());

  it.each([1_000, PART / 2, PART + 100])(
    'has a whole file where a connection breaks after %i bytes on their way up',
    async (bytes) => {
      const files = await filesOf(store, `up-${bytes}.csv`);
      store.proxy.breakAfter('up', bytes);
      await put(files, CONTENT);
      expect(store.proxy.broken).toBe(1);
      expect(digest(await read(files))).toBe(digest(CONTENT));
    },
  );

  it.each([2, 3, 5])('has a whole file where answer %i of its upload is lost', async (number) => {
    const files = await filesOf(store, `lost-${number}.csv`);
    store.proxy.loseAnswer(number);
    await put(files, CONTENT);
    expect(store.proxy.broken).toBe(1);
    expect(digest(await read(files))).toBe(digest(CONTENT));
  });

  it('takes nothing that is signed with another secret', async () => {
    const wrong = await filesOf(store, 'wrong.csv', { hasWrongSecret: true });
    await expect(put(wrong, SMALL)).rejects.toMatchObject({ facts: { storeStatus: 403 } });
    await expect(read(await filesOf(store, 'wrong.csv'))).rejects.toMatchObject({ facts: { storeStatus: 404 } });
  });
});
