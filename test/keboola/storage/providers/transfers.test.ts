import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Connections } from '../../../../src/keboola/connections.js';
import type { TransferSettings } from '../../../../src/keboola/connection/connection.js';
import { LONE_PART_BYTES } from '../../../../src/keboola/storage/providers/limits.js';
import type { StorageFiles } from '../../../../src/keboola/storage/storage-files.js';
import type { ControlledClock, Sandbox } from '../../../../src/sandbox/index.js';
import { finished, storage } from '../../../sandbox/storage-support.js';
import { pausedSandbox } from '../../../sandbox/support.js';

const PROVIDERS = ['azure', 'aws', 'gcp'] as const;
type Provider = (typeof PROVIDERS)[number];

/** As small as Google takes them. */
const PART = 262_144;
const FAST = { attemptsMax: 4, pauseMs: 1 };
const CONTENT = randomBytes(3 * PART + 1_000);

interface Lab {
  sandbox: Sandbox<ControlledClock>;
  files: StorageFiles;
}

async function open(fileProvider: Provider, transfer: TransferSettings = {}): Promise<Lab> {
  const sandbox = await pausedSandbox({ fileProvider, s3PartBytesMin: 1 });
  const settings = { name: 'default', url: sandbox.url, token: () => sandbox.token, filesUrl: sandbox.url };
  const small = { partBytes: PART, awsPartBytesMin: 1, patience: FAST, ...transfer };
  const connections = new Connections([{ ...settings, transfer: small }]);
  onTestFinished(() => connections.close());
  return { sandbox, files: connections.get('default').files };
}

/** In pieces that are not the parts. */
async function* pieces(content: Buffer, bytes = 100_000): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < content.byteLength; at += bytes) {
    await Promise.resolve();
    yield content.subarray(at, at + bytes);
  }
}

function upload(
  files: StorageFiles,
  content = CONTENT,
  signal?: AbortSignal,
): ReturnType<StorageFiles['uploadStream']> {
  const order = { name: 'orders.csv', content: pieces(content), runId: '1' };
  return files.uploadStream({ ...order, ...(signal && { signal }) });
}

async function collected(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of content) all.push(piece);
  return Buffer.concat(all);
}

async function read(files: StorageFiles, id: string, onBytes?: (bytes: number) => void): Promise<Buffer> {
  const { content } = await files.downloadStream(id, onBytes && { onBytes });
  return await collected(content);
}

function uploads({ requests }: Sandbox): { method: string; status?: number }[] {
  return requests
    .filter(({ route }) => route === 'upload')
    .map(({ method, status }) => ({ method, status: status ?? 0 }));
}

async function filesLeft(sandbox: Sandbox): Promise<number> {
  await sandbox.settings({ searchLagSeconds: 0 });
  return (await storage<unknown[]>(sandbox, '/files')).json.length;
}

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const failureOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error('it has worked'),
    (error: unknown) => error as Error,
  );

describe.each(PROVIDERS)('a file at %s', (provider) => {
  it.each([
    ['of several parts', CONTENT],
    ['of exactly two parts', CONTENT.subarray(0, 2 * PART)],
    ['of one part', CONTENT.subarray(0, 1_000)],
    ['of nothing', CONTENT.subarray(0, 0)],
  ])('%s comes back as it went', async (_, content) => {
    const { files } = await open(provider);
    const { id, bytes } = await upload(files, content);
    expect(bytes).toBe(content.byteLength);
    expect(digest(await read(files, id))).toBe(digest(content));
  });

  it('whose part breaks is uploaded nevertheless, and only that part is sent again', async () => {
    const { sandbox, files } = await open(provider);
    const parts = provider === 'azure' ? 1 : 2;
    sandbox.faults.add({ route: 'upload', call: parts + 1, reset: 'before' });
    sandbox.faults.add({ route: 'upload', call: parts + 3, status: 503 });
    const { id } = await upload(files);
    expect(digest(await read(files, id))).toBe(digest(CONTENT));
    const sound = await open(provider);
    await upload(sound.files);
    const more = uploads(sandbox).length - uploads(sound.sandbox).length;
    // Google is asked how much has arrived before a part is sent again.
    expect(more).toBe(provider === 'gcp' ? 4 : 2);
  });

  it('of which every answer is lost once is there once', async () => {
    const { sandbox, files } = await open(provider);
    for (let call = 1; call <= 30; call += 2) {
      sandbox.faults.add({ route: 'upload', call, reset: 'after' });
    }
    const { id } = await upload(files);
    expect(digest(await read(files, id))).toBe(digest(CONTENT));
    expect(await filesLeft(sandbox)).toBe(1);
  });

  it('whose part never arrives leaves nothing behind', async () => {
    const { sandbox, files } = await open(provider);
    sandbox.faults.add({ route: 'upload', call: 3, times: 'always', status: 500 });
    expect(await failureOf(upload(files))).toMatchObject({ name: 'KeboolaError', kind: 'unavailable' });
    expect(await filesLeft(sandbox)).toBe(0);
  });

  it('whose upload is cancelled is deleted', async () => {
    const { sandbox, files } = await open(provider);
    sandbox.faults.add({ route: 'upload', call: 3, times: 'always', hang: true });
    const cancel = new AbortController();
    const failed = failureOf(upload(files, CONTENT, cancel.signal));
    await vi.waitUntil(() => uploads(sandbox).length >= 3, { timeout: 20_000 });
    sandbox.faults.clear();
    cancel.abort();
    expect(await failed).toMatchObject({ kind: 'interrupted' });
    expect(await filesLeft(sandbox)).toBe(0);
  });

  it('whose source breaks is deleted, and says why', async () => {
    const { sandbox, files } = await open(provider);
    const content = (async function* () {
      yield* pieces(CONTENT);
      await Promise.resolve();
      throw new Error('the disk is gone');
    })();
    const order = { name: 'orders.csv', content, runId: '1' };
    expect(await failureOf(files.uploadStream(order))).toMatchObject({ message: 'the disk is gone' });
    expect(await filesLeft(sandbox)).toBe(0);
  });

  it('goes on with new credentials where those that were handed out have ended', async () => {
    const { sandbox, files } = await open(provider);
    let isOver = false;
    const onBytes = (): void => {
      if (!isOver) sandbox.clock.advance(13 * 3_600_000);
      isOver = true;
    };
    const { id } = await files.uploadStream({ name: 'orders.csv', content: pieces(CONTENT), runId: '1', onBytes });
    expect(digest(await read(files, id))).toBe(digest(CONTENT));
    expect(sandbox.counters.requests.fileRefresh).toBeGreaterThan(0);
  });

  it('is refused where what lets us in is not what was handed out', async () => {
    const { sandbox, files } = await open(provider);
    const { json } = await storage(sandbox, '/files/prepare', {
      method: 'POST',
      body: { name: 'orders.csv', federationToken: true },
    });
    const forged = JSON.parse(
      JSON.stringify(json)
        .replace(/"SecretAccessKey":"[^"]{4}/, '"SecretAccessKey":"AAAA')
        .replace(/sig=[^"]{4}/g, 'sig=AAAA')
        .replace(/"access_token":"ya29\.[^"]{4}/, '"access_token":"ya29.AAAA'),
    ) as unknown;
    sandbox.faults.add({ route: 'filePrepare', times: 'always', replaceBody: forged });
    sandbox.faults.add({ route: 'fileRefresh', times: 'always', replaceBody: forged });
    const error = await failureOf(upload(files));
    const code = { azure: 'AuthenticationFailed', aws: 'SignatureDoesNotMatch', gcp: 'authError' }[provider];
    expect(error).toMatchObject({ name: 'StoreRefused', facts: { storeCode: code } });
    for (const secret of secretsOf(forged)) expect(JSON.stringify([error, error.message])).not.toContain(secret);
    expect(JSON.stringify(sandbox.requests)).not.toContain(secretsOf(json)[0]);
  });

  it('goes on from where its download broke', async () => {
    const { sandbox, files } = await open(provider);
    const content = CONTENT;
    const { id } = await upload(files, content);
    sandbox.faults.add({ route: 'download', reset: 'before', times: 2 });
    expect(digest(await read(files, id))).toBe(digest(content));
  });

  it('is read with new credentials where the old ones have ended', async () => {
    const { sandbox, files } = await open(provider);
    const { id } = await upload(files);
    const { content } = await files.downloadStream(id);
    sandbox.clock.advance(13 * 3_600_000);
    expect(digest(await collected(content))).toBe(digest(CONTENT));
  });

  it('that Storage has exported in slices is read as one, zipped or not', async () => {
    const { sandbox, files } = await open(provider);
    await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
    const rows = Array.from({ length: 250_000 }, (_, at) => `"${at}"\n`).join('');
    const zipped = gzipSync(`"id"\n${rows}`);
    const { id: dataFileId } = await files.uploadStream({ name: 'rows.csv.gz', content: pieces(zipped), runId: '1' });
    const made = await finished(sandbox, '/buckets/in.c-main/tables-async', { body: { name: 'rows', dataFileId } });
    expect(made.status).toBe('success');
    for (const gzip of [false, true]) {
      const { results } = await finished(sandbox, '/tables/in.c-main.rows/export-async', { body: { gzip } });
      const { id } = (results as { file: { id: number } }).file;
      let stored = 0;
      const opened = await files.downloadStream(String(id), { onBytes: (bytes) => (stored += bytes) });
      expect(opened.isSliced).toBe(true);
      const text = (await collected(opened.content)).toString();
      expect(digest(Buffer.from(text))).toBe(digest(Buffer.from(rows)));
      expect(stored < rows.length).toBe(gzip);
    }
  });
});

it('a file at Google that may not fit into the time of one request goes on from where it broke', async () => {
  const { sandbox, files } = await open('gcp', { partBytes: LONE_PART_BYTES });
  const content = Buffer.alloc(9 * 1_048_576, 'some rows\n');
  sandbox.faults.add({ route: 'upload', call: 2, reset: 'after' });
  const { id } = await upload(files, content);
  expect(digest(await read(files, id))).toBe(digest(content));
  const sent = sandbox.requests.filter(({ route }) => route === 'upload');
  expect(sent.map(({ method, headers }) => [method, headers['content-range']])).toEqual([
    ['POST', undefined],
    ['PUT', `bytes 0-${content.byteLength - 1}/${content.byteLength}`],
    ['PUT', `bytes */${content.byteLength}`],
  ]);
});

function secretsOf(document: unknown): string[] {
  const text = JSON.stringify(document);
  const found: (string | undefined)[] =
    /"SecretAccessKey":"([^"]+)"|sig=([^"&]+)|"access_token":"([^"]+)"/.exec(text) ?? [];
  return found.slice(1).filter((secret) => secret !== undefined);
}
