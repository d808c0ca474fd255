import { describe, expect, it } from 'vitest';
import type { StorageFiles } from '../../../../src/keboola/storage/storage-files.js';
import { AT_AWS, FILE, FOR_AWS, KEY, oddStore } from '../../../support/odd-store.js';
import type { Reply } from '../../../support/raw-server.js';
import { replies } from '../../../support/replies.js';

const HOUR_MS = 3_600_000;
/** S3 takes a signature that is at most so far from its own time. */
const SKEW_MS_MAX = 15 * 60_000;
const BEGUN = '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>';
const SKEWED = replies.text(403, '<Error><Code>RequestTimeTooSkewed</Code></Error>');

/** S3 by a clock of its own. */
function byClock(aheadMs: number, reply: Reply): Reply {
  return (response, request) => {
    const nowMs = Date.now() + aheadMs;
    response.setHeader('date', new Date(nowMs).toUTCString());
    const isInTime = Math.abs(signedAtMs(request.headers['x-amz-date']) - nowMs) <= SKEW_MS_MAX;
    (isInTime ? reply : SKEWED)(response, request);
  };
}

/** By a time such as `20260524T080000Z`. */
function signedAtMs(time: unknown): number {
  return Date.parse(String(time).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

async function textOf(files: StorageFiles): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of (await files.downloadStream('7')).content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function* content(): AsyncGenerator<Buffer, void> {
  await Promise.resolve();
  yield Buffer.alloc(300_000);
}

describe.each([-HOUR_MS, HOUR_MS])('an S3 whose clock is %i ms ahead of that of the machine', (aheadMs) => {
  it('takes an upload that is signed by its own clock, once it has told the time', async () => {
    const { files, requests } = await oddStore({
      'POST /v2/storage/files/prepare': replies.json(201, FOR_AWS),
      [`POST /b/${KEY}`]: byClock(aheadMs, (response, { path }) => {
        response.end(path.includes('uploads') ? BEGUN : '<CompleteMultipartUploadResult/>');
      }),
      [`PUT /b/${KEY}`]: byClock(aheadMs, replies.text(200, '', { etag: '"e"' })),
    });
    const { id } = await files.uploadStream({ name: 'f.csv', content: content(), runId: '1' });
    expect(id).toBe('7');
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'PUT', 'PUT', 'POST']);
  });

  it('gives a file to whoever asks by its own clock', async () => {
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: byClock(aheadMs, replies.text(200, 'id\n1\n', { etag: '"1"' })),
    });
    expect(await textOf(files)).toBe('id\n1\n');
  });
});

it('an S3 that refuses every time is asked no more than twice at a time', async () => {
  const { files, requests } = await oddStore(
    {
      [`GET ${FILE}`]: replies.json(200, AT_AWS),
      [`GET /b/${KEY}`]: SKEWED,
    },
    { patience: { attemptsMax: 1, pauseMs: 1 } },
  );
  await expect(textOf(files)).rejects.toMatchObject({ facts: { storeCode: 'RequestTimeTooSkewed' } });
  expect(requests.filter(({ path }) => path.startsWith('/b/'))).toHaveLength(2);
});
