import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StorageFiles } from '../../../../src/keboola/storage/storage-files.js';
import { AT_AWS, AT_GCP, FILE, FOR_AWS, KEY, oddStore } from '../../../support/odd-store.js';
import type { Reply } from '../../../support/raw-server.js';
import { replies } from '../../../support/replies.js';

async function textOf(files: StorageFiles): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of (await files.downloadStream('7')).content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

/** Breaks off after some bytes, and goes on from where it is asked to. */
function breaking(content: string, etag = '"1"'): Reply {
  let isFirst = true;
  return (response, request) => {
    const from = Number(/bytes=(\d+)-/.exec(String(request.headers['range'] ?? ''))?.[1] ?? 0);
    const rest = content.slice(from);
    const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from === 0 ? 200 : 206, { 'content-length': String(rest.length), etag, ...range });
    if (!isFirst) {
      response.end(rest);
      return;
    }
    isFirst = false;
    response.write(rest.slice(0, 4));
    setTimeout(() => response.socket?.destroy(), 20);
  };
}

/** Tells no length, breaks off behind the last byte, and answers whoever asks for more with a status. */
function endless(content: string, status: number): Reply {
  return (response, request) => {
    if (request.headers['range'] !== undefined) {
      response.writeHead(status).end();
      return;
    }
    response.writeHead(200, { etag: '"1"', 'transfer-encoding': 'chunked' });
    response.write(content);
    setTimeout(() => response.socket?.destroy(), 20);
  };
}

describe('a download', () => {
  it('that breaks in the middle goes on at the byte where it broke, in the same version', async () => {
    const seen: unknown[] = [];
    const reply = breaking('id\n1\n2\n3\n');
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: (response, request) => {
        seen.push([request.headers['range'], request.headers['if-match']]);
        reply(response, request);
      },
    });
    expect(await textOf(files)).toBe('id\n1\n2\n3\n');
    expect(seen).toEqual([
      [undefined, undefined],
      ['bytes=4-', '"1"'],
    ]);
  });

  it.each([
    ['the whole', 200, {}],
    ['the whole in the disguise of a part', 206, {}],
    ['another part', 206, { 'content-range': 'bytes 3-8/9' }],
    ['a part of nothing', 206, { 'content-range': 'bytes */9' }],
  ])('that broke does not go on with %s', async (_, status, headers) => {
    const begin = breaking('id\n1\n2\n3\n');
    const { files, requests } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: (response, request) => {
        const isFirst = request.headers['range'] === undefined;
        (isFirst ? begin : replies.text(status, 'id\n1\n2\n3\n', headers))(response, request);
      },
    });
    expect(await failureOf(textOf(files))).toMatchObject({
      name: 'StoreRefused',
      facts: { reason: expect.stringContaining('another part than was asked for') as string },
    });
    expect(requests).toHaveLength(3);
  });

  it('that breaks after its last byte is whole, as the store says when it is asked for more', async () => {
    const { files, requests } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: endless('id\n1\n', 416),
    });
    expect(await textOf(files)).toBe('id\n1\n');
    expect(requests.map(({ headers }) => headers['range'])).toEqual([undefined, undefined, 'bytes=5-']);
  });

  it('that breaks after its last byte, and is shorter than its document says, is not whole', async () => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_AWS, sizeBytes: 9 }),
      [`GET /b/${KEY}`]: endless('id\n1\n', 416),
    });
    expect(await failureOf(textOf(files))).toMatchObject({
      facts: { kind: 'interrupted', reason: 'the content has another length than the document says' },
    });
  });

  it('of which another version is there when it goes on is not taken for whole', async () => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: endless('id\n1\n', 412),
    });
    expect(await failureOf(textOf(files))).toMatchObject({ facts: { storeStatus: 412 } });
  });

  it('of another checksum than Google says is not taken', async () => {
    const hash = { 'x-goog-hash': `crc32c=AAAAAA==,md5=${Buffer.alloc(16).toString('base64')}` };
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_GCP),
      [`GET /storage/v1/b/b/o/${encodeURIComponent(KEY)}`]: replies.text(200, 'id\n1\n', hash),
    });
    expect(await failureOf(textOf(files))).toMatchObject({
      facts: { kind: 'interrupted', reason: 'its checksum does not match' },
    });
  });

  it('of a gzip that breaks off says so', async () => {
    const whole = gzipSync('id\n1\n2\n');
    const broken: Reply = (response) => void response.writeHead(200).end(whole.subarray(0, whole.length - 6));
    const { files } = await oddStore({ [`GET ${FILE}`]: replies.json(200, AT_AWS), [`GET /b/${KEY}`]: broken });
    expect(await failureOf(textOf(files))).toMatchObject({ name: 'BrokenGzip' });
  });

  it.each([
    ['at another provider', `gs://b/${KEY}_0`],
    ['of another bucket', `s3://other/${KEY}_0`],
    ['of another file', 's3://b/exp-15/2/files/8.f.csv_0'],
    ['beside its own', `s3://b/${KEY}/../../other/key`],
    ['beside its own, in disguise', `s3://b/${KEY}/%2e%2E/8.f.csv`],
    ['with an empty step', `s3://b/${KEY}/./x`],
    ['at a host that answers', 'http://127.0.0.1:1/b/x'],
  ])('whose manifest names a slice %s is refused, and nobody is asked for it', async (_, url) => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_AWS, isSliced: true }),
      [`GET /b/${KEY}manifest`]: replies.json(200, { entries: [{ url }] }),
    });
    expect(await failureOf(textOf(files))).toMatchObject({
      facts: { kind: 'protocol', path: FILE, reason: expect.stringContaining("not the file's own") as string },
    });
  });

  it('of a key with signs that mean something in an address is asked for as it is', async () => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_AWS, isSliced: true }),
      [`GET /b/${KEY}manifest`]: replies.json(200, { entries: [{ url: `s3://b/${KEY}_50%25 of #1` }] }),
      [`GET /b/${KEY}_50%2525%20of%20%231`]: replies.text(200, '"1"\n'),
    });
    expect(await textOf(files)).toBe('"1"\n');
  });

  it('of which a slice is missing fails, and says which', async () => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_AWS, isSliced: true }),
      [`GET /b/${KEY}manifest`]: replies.json(200, {
        entries: [{ url: `s3://b/${KEY}_0` }, { url: `s3://b/${KEY}_1` }],
      }),
      [`GET /b/${KEY}_0`]: replies.text(200, '"1"\n'),
    });
    expect(await failureOf(textOf(files))).toMatchObject({
      name: 'StoreRefused',
      facts: { path: `/b/${KEY}_1`, storeStatus: 404, storeCode: 'NoSuchKey' },
    });
  });
});

describe('an upload to AWS', () => {
  const content = async function* () {
    await Promise.resolve();
    yield Buffer.alloc(300_000);
  };

  it.each([
    ['that it has failed', '<Error><Code>InternalError</Code></Error>'],
    ['that it has failed, in the name of a namespace', '<Error xmlns="x"><Code>InternalError</Code></Error>'],
    ['nothing', ''],
    ['half of a sentence', '<?xml version="1.0"?><CompleteMulti'],
  ])('that says 200 and then %s is asked for again', async (_, answer) => {
    let completions = 0;
    const { files } = await oddStore({
      'POST /v2/storage/files/prepare': replies.json(201, FOR_AWS),
      [`POST /b/${KEY}`]: (response, request) => {
        if (request.path.includes('uploads')) {
          response.end('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
          return;
        }
        completions += 1;
        response.end(completions === 1 ? answer : '<CompleteMultipartUploadResult xmlns="x"/>');
      },
      [`PUT /b/${KEY}`]: replies.text(200, '', { etag: '"e"' }),
    });
    const { id } = await files.uploadStream({ name: 'f.csv', content: content(), runId: '1' });
    expect([id, completions]).toEqual(['7', 2]);
  });

  it('carries what was handed out, and no token of ours', async () => {
    const seen: Record<string, unknown>[] = [];
    const { files } = await oddStore({
      'POST /v2/storage/files/prepare': replies.json(201, FOR_AWS),
      [`PUT /b/${KEY}`]: (response, request) => {
        seen.push(request.headers);
        response.end();
      },
    });
    await files.upload('f.csv', Buffer.from('id\n'), '1');
    expect(seen).toMatchObject([
      {
        'x-amz-acl': 'private',
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-security-token': 'session',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=ASIA1\/\d{8}\/eu-west-1\/s3\/aws4_request, SignedHeaders=.*host;.*x-amz-acl;/,
        ) as string,
      },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/s3cret|secretsecret/);
  });
});
