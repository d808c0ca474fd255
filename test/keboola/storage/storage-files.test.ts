import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FileTooLarge } from '../../../src/keboola/storage/storage-files.js';
import { STACK_TOKEN, startFakeStack } from '../../support/fake-stack.js';
import { replies } from '../../support/replies.js';

const prepared = (endpoint: string, more: object = {}): object => ({
  id: 12,
  provider: 'azure',
  absUploadParams: {
    blobName: 'a b.csv',
    container: 'exp-15',
    absCredentials: { SASConnectionString: `BlobEndpoint=${endpoint};SharedAccessSignature=sv=1&sig=s3cret` },
  },
  ...more,
});
const PREPARE = 'POST /v2/storage/files/prepare';
const REMOVE = 'DELETE /v2/storage/files/12';
const content = Buffer.from('id\n1\n');

describe('a file', () => {
  it('is uploaded to where the answer says, without our token', async () => {
    let url = '';
    const stack = await startFakeStack({
      routes: {
        [PREPARE]: (response, request) => replies.json(201, prepared(`${url}/account`))(response, request),
        'PUT /account/exp-15/a%20b.csv': replies.text(201, ''),
      },
    });
    url = stack.url;
    expect(await stack.keboola.files.upload('a b.csv', content, '1.2')).toBe('12');
    const put = stack.requests.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: '/account/exp-15/a%20b.csv?sv=1&sig=s3cret', body: 'id\n1\n' });
    expect(JSON.stringify(put?.headers)).not.toContain(STACK_TOKEN);
    expect(put?.headers).toMatchObject({ 'x-ms-blob-type': 'BlockBlob', 'content-type': 'text/csv' });
    const post = stack.requests.find(({ method }) => method === 'POST');
    expect(post?.headers).toMatchObject({ 'x-kbc-runid': '1.2' });
    expect(JSON.parse(post?.body ?? '')).toEqual({ name: 'a b.csv', sizeBytes: 5, federationToken: true });
  });

  it('that nobody waits for any more is prepared at most, and deleted', async () => {
    let url = '';
    const stack = await startFakeStack({
      routes: {
        [PREPARE]: (response, request) => replies.json(201, prepared(`${url}/account`))(response, request),
        'PUT /account/exp-15/a%20b.csv': replies.text(201, ''),
      },
    });
    url = stack.url;
    const upload = stack.keboola.files.upload('a b.csv', content, '1', AbortSignal.abort());
    await expect(upload).rejects.toMatchObject({ kind: 'interrupted' });
    expect(stack.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it.each([
    ['http://files.example.com/account', /plain http to another machine.*KBC_ALLOW_HTTP_HOSTS/],
    ['ftp://files.example.com/account', /no usable address/],
    ['nonsense', /no usable address/],
  ])('is not sent to %s, and no credential is told', async (endpoint, message) => {
    const routes = { [PREPARE]: replies.json(201, prepared(endpoint)), [REMOVE]: replies.text(204, '') };
    const { keboola, requests } = await startFakeStack({ routes });
    const order = { name: 'a.csv', content: Readable.from([content]), runId: '1' };
    for (const upload of [keboola.files.upload('a.csv', content, '1'), keboola.files.uploadStream(order)]) {
      const error = (await upload.catch((thrown: unknown) => thrown)) as Error;
      expect(error.name).toBe('SettingsError');
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('s3cret');
    }
    // What was prepared goes.
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
  });

  it.each(['..', '.', '', 'a/b', '9'.repeat(5_000), -1, 1.5, null])(
    'whose answered id is none is a broken answer, and leads nowhere: %j',
    async (id) => {
      const routes = { [PREPARE]: replies.json(201, prepared('http://127.0.0.1:1/account', { id })) };
      const { keboola, requests } = await startFakeStack({ routes });
      await expect(keboola.files.upload('a.csv', content, '1')).rejects.toMatchObject({ kind: 'protocol' });
      expect(requests).toHaveLength(1);
    },
  );

  it('of a run that is listed with an id that is none is not deleted', async () => {
    const list = replies.json(200, [{ id: '..', runId: '1' }]);
    const { keboola, requests } = await startFakeStack({ routes: { 'GET /v2/storage/files': list } });
    await expect(keboola.files.removeOfRun('1')).rejects.toMatchObject({ kind: 'protocol' });
    expect(requests).toHaveLength(1);
  });

  it('of a run is deleted although Storage lists newer ones of others first, more than a page of them', async () => {
    const page = (offset: number): string => `GET /v2/storage/files?limit=100&offset=${offset}&runId=1`;
    const others = Array.from({ length: 100 }, (_, at) => ({ id: 1_000 - at, runId: '2' }));
    const routes = {
      [page(0)]: replies.json(200, others),
      [page(100)]: replies.json(200, [
        { id: 12, runId: '1' },
        { id: 11, runId: null },
      ]),
      [REMOVE]: replies.text(204, ''),
    };
    const { keboola, requests } = await startFakeStack({ routes });
    await keboola.files.removeOfRun('1');
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([page(0), page(100), REMOVE]);
  });

  it('of a run is not looked for without end among those of others', async () => {
    const others = Array.from({ length: 100 }, (_, at) => ({ id: 1_000 - at, runId: '2' }));
    const { keboola, requests } = await startFakeStack({
      routes: { 'GET /v2/storage/files': replies.json(200, others) },
    });
    await keboola.files.removeOfRun('1');
    expect(requests).toHaveLength(10);
  });

  it.each([{ container: '..' }, { blobName: 'a/../../b' }, { blobName: '%2e%2E/b' }])(
    'is not sent to a place that leads out of where it begins: %j',
    async (where) => {
      const absCredentials = { SASConnectionString: 'BlobEndpoint=http://127.0.0.1:1/a;SharedAccessSignature=sig=1' };
      const absUploadParams = { blobName: 'a', container: 'c', absCredentials, ...where };
      const routes = { [PREPARE]: replies.json(201, { id: 12, provider: 'azure', absUploadParams }) };
      const { keboola, requests } = await startFakeStack({ routes });
      await expect(keboola.files.upload('a.csv', content, '1')).rejects.toMatchObject({ name: 'SettingsError' });
      expect(requests).toHaveLength(1);
    },
  );

  it('of another provider is refused by its name', async () => {
    const aws = { id: 12, provider: 'aws', uploadParams: { key: 'k' } };
    const { keboola } = await startFakeStack({ routes: { [PREPARE]: replies.json(201, aws) } });
    await expect(keboola.files.upload('a.csv', content, '1')).rejects.toMatchObject({
      name: 'SettingsError',
      message: expect.stringContaining('keeps its files at "aws"') as string,
    });
  });
});

describe('a download', () => {
  const document = (url: string, more: object = {}): object => ({
    id: 7,
    provider: 'azure',
    absPath: { container: 'c', name: 'f.csv' },
    absCredentials: { SASConnectionString: `BlobEndpoint=${url}/account;SharedAccessSignature=sig=s3cret` },
    ...more,
  });

  it.each([
    ['that breaks off', replies.cutShort(), { name: 'KeboolaError', kind: 'interrupted' }],
    ['that is refused', replies.text(401, '<Error/>'), { name: 'StoreRefused', facts: { storeStatus: 401 } }],
    [
      'that is a page of a proxy',
      replies.text(200, '<html/>', { 'content-type': 'text/html' }),
      { name: 'KeboolaError', kind: 'unavailable' },
    ],
  ])('%s is no file', async (_, reply, failure) => {
    let url = '';
    const stack = await startFakeStack({
      routes: {
        'GET /v2/storage/files/7': (response, request) => replies.json(200, document(url))(response, request),
        'GET /account/c/f.csv': reply,
      },
    });
    url = stack.url;
    const error = (await stack.keboola.files.download('7', 1_000).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject(failure);
    expect(error.message).not.toContain('s3cret');
  });

  it('that is shorter than the document says is not taken for whole', async () => {
    let url = '';
    const stack = await startFakeStack({
      routes: {
        'GET /v2/storage/files/7': (response, request) =>
          replies.json(200, document(url, { sizeBytes: 10 }))(response, request),
        'GET /account/c/f.csv': replies.text(200, 'id\n1\n'),
      },
    });
    url = stack.url;
    await expect(stack.keboola.files.download('7', 1_000)).rejects.toMatchObject({ kind: 'interrupted' });
    await expect(stack.keboola.files.download('7', 3)).rejects.toThrow(FileTooLarge);
  });
});
