import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FILE, FOR_AWS, KEY, oddStore } from '../../support/odd-store.js';
import { replies } from '../../support/replies.js';

const ROWS = `id\n${Array.from({ length: 5_000 }, (_, at) => at * 7_919).join('\n')}\n`;

/** A content that holds something open until it is read or ended. */
async function* held(bytes: Buffer, onClosed: () => void): AsyncGenerator<Buffer, void> {
  try {
    for (let at = 0; at < bytes.byteLength; at += 1_000) {
      await Promise.resolve();
      yield bytes.subarray(at, at + 1_000);
    }
  } finally {
    onClosed();
  }
}

const INVALID = replies.text(400, '<Code>InvalidRequest</Code>');

describe.each([
  ['a CSV', Buffer.from(ROWS)],
  ['a gzipped CSV', gzipSync(ROWS)],
])('%s', (_, bytes) => {
  it.each([
    [
      'no file can be prepared',
      { 'POST /v2/storage/files/prepare': replies.json(400, { error: 'no' }) },
      'KeboolaError',
    ],
    ['the upload cannot begin', { [`POST /b/${KEY}`]: INVALID }, 'StoreRefused'],
    ['a part is refused', { [`PUT /b/${KEY}`]: INVALID }, 'StoreRefused'],
  ])('is let go of where %s', async (__, routes, name) => {
    const sound = {
      'POST /v2/storage/files/prepare': replies.json(201, FOR_AWS),
      [`DELETE ${FILE}`]: replies.text(204, ''),
      [`POST /b/${KEY}`]: replies.text(200, '<UploadId>u1</UploadId>'),
    };
    const { tables } = await oddStore({ ...sound, ...routes }, { partBytes: 2_000 });
    let isClosed = false;
    const order = { name: 'rows.csv', content: held(bytes, () => (isClosed = true)), runId: '1' };
    await expect(tables.upload(order)).rejects.toMatchObject({ name });
    expect(isClosed).toBe(true);
  });
});
