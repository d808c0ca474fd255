import { describe, expect, it } from 'vitest';
import { FileTooLarge, type StorageFiles } from '../../../src/keboola/storage/storage-files.js';
import { startFakeStack } from '../../support/fake-stack.js';
import type { Reply, SeenRequest } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const BLOB = 'GET /account/c/f.csv';
const MANIFEST = 'GET /account/c/f.csvmanifest';
const FILE = 'GET /v2/storage/files/7';

interface Lab {
  files: StorageFiles;
  requests: readonly SeenRequest[];
}

/** A file of Storage, and the place where its content is. */
async function lab(routes: Record<string, Reply>, more: object = {}): Promise<Lab> {
  let url = '';
  const document: Reply = (response, request) => {
    const signed = `BlobEndpoint=${url}/account;SharedAccessSignature=sig=s3cret`;
    const file = {
      id: 7,
      provider: 'azure',
      absPath: { container: 'c', name: 'f.csv' },
      absCredentials: { SASConnectionString: signed },
      ...more,
    };
    replies.json(200, file)(response, request);
  };
  const stack = await startFakeStack({ routes: { [FILE]: document, ...routes } });
  url = stack.url;
  return { files: stack.keboola.files, requests: stack.requests };
}

const entries = (...urls: string[]): Reply => replies.json(200, { entries: urls.map((url) => ({ url })) });
const failureOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((thrown: unknown) => thrown);

describe('a file that is whole', () => {
  it.each([
    ['says its length', { sizeBytes: 5 }],
    ['says no length', {}],
    ['says that it knows no length', { sizeBytes: null }],
  ])('is downloaded by an address that lets us in, where its document %s', async (_, more) => {
    const { files, requests } = await lab({ [BLOB]: replies.text(200, 'id\n1\n') }, more);
    expect(await files.download('7', 5)).toEqual({ content: Buffer.from('id\n1\n'), isSliced: false });
    expect(requests.map(({ path }) => path)).toEqual([
      '/v2/storage/files/7?federationToken=1',
      '/account/c/f.csv?sig=s3cret',
    ]);
  });

  it.each(['text/csv; was="text/html"', 'text/csv; was="application/xhtml+xml"', 'application/octet-stream'])(
    'is one of the type %s',
    async (type) => {
      const { files } = await lab({ [BLOB]: replies.text(200, 'id', { 'content-type': type }) });
      expect((await files.download('7', 5)).content.toString()).toBe('id');
    },
  );

  it.each(['text/html; charset=utf-8', 'TEXT/HTML', 'application/xhtml+xml'])(
    'is none of the type %s',
    async (type) => {
      const { files } = await lab({ [BLOB]: replies.text(200, 'id', { 'content-type': type }) });
      expect(await failureOf(files.download('7', 5))).toMatchObject({
        facts: { kind: 'unavailable', method: 'GET', path: '/account/c/f.csv', reason: `${type} instead of a file` },
      });
    },
  );

  it('that nobody waits for any more is not moved', async () => {
    const { files, requests } = await lab({ [BLOB]: replies.text(200, 'id\n1\n') });
    await expect(files.download('7', 5, AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['place', { absPath: undefined }],
    ['credentials', { absCredentials: undefined }],
    ['place and credentials', { absPath: undefined, absCredentials: undefined }],
  ])('and has no %s at Azure is refused by the name of its provider', async (_, less) => {
    const { files } = await lab({}, { provider: 'gcp', ...less });
    expect(await failureOf(files.download('7', 5))).toMatchObject({
      name: 'SettingsError',
      message: expect.stringContaining('keeps its files at "gcp"') as string,
    });
  });
});

describe('a file in slices', () => {
  const AT_AZURE = 'azure://account.blob.core.windows.net/c/f.csv';
  const slices = {
    [MANIFEST]: entries(`${AT_AZURE}%20part_0.csv`, `${AT_AZURE}_1.csv`),
    'GET /account/c/f.csv%20part_0.csv': replies.text(200, '"1"\n'),
    'GET /account/c/f.csv_1.csv': replies.text(200, '"2"\n'),
  };

  it('is the slices of its manifest in order, each by its last name alone', async () => {
    const { files, requests } = await lab(slices, { isSliced: true });
    expect(await files.download('7', 8)).toEqual({ content: Buffer.from('"1"\n"2"\n'), isSliced: true });
    expect(requests.slice(2).map(({ path }) => path)).toEqual([
      '/account/c/f.csv%20part_0.csv?sig=s3cret',
      '/account/c/f.csv_1.csv?sig=s3cret',
    ]);
  });

  it('may be named by its manifest', async () => {
    const absPath = { container: 'c', name: 'f.csvmanifest' };
    const { files } = await lab({ ...slices, [MANIFEST]: entries() }, { isSliced: true, absPath });
    expect(await files.download('7', 8)).toEqual({ content: Buffer.from(''), isSliced: true });
  });

  it('may be as long as is asked for in sum, and no longer', async () => {
    const { files } = await lab(slices, { isSliced: true });
    expect(await failureOf(files.download('7', 7))).toBeInstanceOf(FileTooLarge);
  });

  it.each([
    ['that is no JSON', replies.text(200, 'entries')],
    ['without entries', replies.json(200, {})],
    ['of a name that cannot be read', entries('azure://account/c/%')],
    ['of a name that leads out of its container', entries('azure://account/c/../d/f.csv')],
    ['of another account', entries('azure://other.blob.core.windows.net/c/f.csv_0')],
    ['of another host', entries('https://127.0.0.1:1/c/f.csv_0')],
    ['of no host', entries('azure:///c/f.csv_0')],
    ['of another container', entries('azure://account.blob.core.windows.net/d/f.csv_0')],
    ['of another provider', entries('s3://account.blob.core.windows.net/c/f.csv_0')],
    ['of a name that leads out of it in disguise', entries('https://account/c/%2e%2e%2fd/f.csv')],
  ])('and a manifest %s is a protocol error', async (_, manifest) => {
    const { files } = await lab({ [MANIFEST]: manifest }, { isSliced: true });
    expect(await failureOf(files.download('7', 8))).toMatchObject({
      facts: { kind: 'protocol', method: 'GET', path: '/v2/storage/files/7' },
    });
  });

  it('of which one is missing fails, and says which', async () => {
    const routes = { [MANIFEST]: slices[MANIFEST], 'GET /account/c/f.csv%20part_0.csv': replies.text(200, '"1"\n') };
    const missing = replies.text(404, '<Error><Code>BlobNotFound</Code></Error>');
    const { files } = await lab({ ...routes, 'GET /account/c/f.csv_1.csv': missing }, { isSliced: true });
    expect(await failureOf(files.download('7', 8))).toMatchObject({
      name: 'StoreRefused',
      facts: { path: '/account/c/f.csv_1.csv', storeStatus: 404, storeCode: 'BlobNotFound' },
    });
  });
});
