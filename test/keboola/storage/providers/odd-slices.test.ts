import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StorageFiles } from '../../../../src/keboola/storage/storage-files.js';
import { AT_AWS, AT_GCP, FILE, KEY, oddStore } from '../../../support/odd-store.js';
import type { Reply } from '../../../support/raw-server.js';
import { replies } from '../../../support/replies.js';

const atGoogle = (suffix: string): string => `/storage/v1/b/b/o/${encodeURIComponent(KEY + suffix)}`;

/** What reading all of it ends with. */
async function failureOf(files: StorageFiles): Promise<unknown> {
  const reading = files.downloadStream('7').then(({ content }) => buffer(content));
  return await reading.catch((error: unknown) => error);
}

describe('a file in slices', () => {
  it.each([
    ['at another provider', `s3://b/${KEY}_0`],
    ['of another bucket', `gs://other/${KEY}_0`],
    ['of another file', 'gs://b/exp-15/2/files/8.f.csv_0'],
    ['at a host that answers', `http://127.0.0.1:1/b/${KEY}_0`],
  ])('of Google whose manifest names a slice %s is refused, and nobody is asked for it', async (_, url) => {
    const { files, requests } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_GCP, isSliced: true }),
      [`GET ${atGoogle('manifest')}`]: replies.json(200, { entries: [{ url }] }),
    });
    expect(await failureOf(files)).toMatchObject({
      facts: { kind: 'protocol', path: FILE, reason: expect.stringContaining("not the file's own") as string },
    });
    expect(requests).toHaveLength(2);
  });

  it('of Google of which a slice is missing fails, and says which', async () => {
    const entries = ['_0', '_1'].map((slice) => ({ url: `gs://b/${KEY}${slice}` }));
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_GCP, isSliced: true }),
      [`GET ${atGoogle('manifest')}`]: replies.json(200, { entries }),
      [`GET ${atGoogle('_0')}`]: replies.text(200, '"1"\n'),
      [`GET ${atGoogle('_1')}`]: replies.json(404, { error: { errors: [{ reason: 'notFound' }] } }),
    });
    expect(await failureOf(files)).toMatchObject({
      name: 'StoreRefused',
      facts: { path: atGoogle('_1'), storeStatus: 404, storeCode: 'notFound' },
    });
  });

  it('of which one slice is a broken gzip fails, and says which', async () => {
    const whole = gzipSync('"1"\n"2"\n');
    const zip =
      (bytes: number): Reply =>
      (response) =>
        void response.writeHead(200).end(whole.subarray(0, bytes));
    const { files } = await oddStore({
      [`GET ${FILE}`]: replies.json(200, { ...AT_AWS, isSliced: true }),
      [`GET /b/${KEY}manifest`]: replies.json(200, {
        entries: ['_0', '_1'].map((slice) => ({ url: `s3://b/${KEY}${slice}` })),
      }),
      [`GET /b/${KEY}_0`]: zip(whole.length),
      [`GET /b/${KEY}_1`]: zip(whole.length - 6),
    });
    expect(await failureOf(files)).toMatchObject({
      name: 'BrokenGzip',
      message: expect.stringContaining(`${KEY}_1 is a broken gzip file`) as string,
    });
  });
});
