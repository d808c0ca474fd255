import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allParts } from '../../../../src/keboola/storage/providers/all-parts.js';
import { FILE, FOR_AWS, KEY, oddStore } from '../../../support/odd-store.js';
import type { Reply, SeenRequest } from '../../../support/raw-server.js';
import { replies } from '../../../support/replies.js';

const BEGUN = '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>';
const COMPLETED = '<CompleteMultipartUploadResult/>';

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
const partOf = ({ path }: SeenRequest): number => Number(/partNumber=(\d+)/.exec(path)?.[1]);

/** S3 as it should be, but for what the test says. */
function s3(more: Record<string, Reply> = {}): Record<string, Reply> {
  return {
    'POST /v2/storage/files/prepare': replies.json(201, FOR_AWS),
    [`DELETE ${FILE}`]: replies.text(204, ''),
    [`POST /b/${KEY}`]: (response, { path }) => void response.end(path.includes('uploads') ? BEGUN : COMPLETED),
    [`PUT /b/${KEY}`]: replies.text(200, '', { etag: '"e"' }),
    [`DELETE /b/${KEY}`]: replies.text(204, ''),
    ...more,
  };
}

function completions(requests: readonly SeenRequest[]): number {
  return requests.filter(({ method, path }) => method === 'POST' && path.includes('uploadId=')).length;
}

/** Parts of ten bytes, each after a rest. */
async function* slowly(parts: number, restMs: number): AsyncGenerator<Buffer, void> {
  for (let part = 1; part <= parts; part++) {
    yield Buffer.from(String(part).padStart(10, '0'));
    await sleep(restMs);
  }
}

describe('an upload to AWS', () => {
  it.each([1, 2, 5])('whose part %i is refused while its source rests is never completed', async (broken) => {
    const refused: Reply = (response, request) => {
      const isBroken = partOf(request) === broken;
      response.writeHead(isBroken ? 400 : 200, { etag: '"e"' }).end(isBroken ? '<Code>InvalidRequest</Code>' : '');
    };
    const { files, requests } = await oddStore(s3({ [`PUT /b/${KEY}`]: refused }), { partBytes: 10 });
    const order = { name: 'f.csv', content: slowly(6, 30), runId: '1' };
    expect(await failureOf(files.uploadStream(order))).toMatchObject({ facts: { storeCode: 'InvalidRequest' } });
    expect(completions(requests)).toBe(0);
    expect(requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      expect.stringContaining('uploadId=u1'),
      FILE,
    ]);
  });
});

describe('an upload of an unknown length', () => {
  it('has larger parts the longer it lasts, so that they are not too many', async () => {
    const pieces = new Map<number, string>();
    const keep: Reply = (response, request) => {
      pieces.set(partOf(request), request.body);
      response.writeHead(200, { etag: '"e"' }).end();
    };
    const { files } = await oddStore(s3({ [`PUT /b/${KEY}`]: keep }), { partBytes: 2 });
    const sent = Array.from({ length: 2_501 }, (_, at) => at % 10).join('');
    const content = (async function* () {
      await Promise.resolve();
      yield Buffer.from(sent);
    })();
    await files.uploadStream({ name: 'f.csv', content, runId: '1' });
    const parts = [...pieces.entries()].sort(([a], [b]) => a - b).map(([, text]) => text);
    expect(parts.join('')).toBe(sent);
    expect(parts.map(({ length }) => length)).toEqual([
      ...Array.from({ length: 1_000 }, () => 2),
      ...Array.from({ length: 167 }, () => 3),
    ]);
  });
});

describe('an upload whose credentials have ended', () => {
  it('goes on once Keboola hands out new ones, after an outage too', async () => {
    const refreshes = [replies.json(503, {}), replies.reset(), replies.json(200, FOR_AWS)];
    let isRenewed = false;
    const { files, requests } = await oddStore(
      s3({
        [`PUT ${FILE}/refresh`]: (response, request) => {
          isRenewed = refreshes.length === 1;
          refreshes.shift()?.(response, request);
        },
        [`PUT /b/${KEY}`]: (response, request) => {
          const hasEnded = partOf(request) === 2 && !isRenewed;
          response.writeHead(hasEnded ? 400 : 200, { etag: '"e"' }).end(hasEnded ? '<Code>ExpiredToken</Code>' : '');
        },
      }),
      { partBytes: 10 },
    );
    await files.uploadStream({ name: 'f.csv', content: slowly(3, 0), runId: '1' });
    expect([refreshes.length, completions(requests)]).toEqual([0, 1]);
  });
});

describe('an upload whose credentials end at once', () => {
  it('is given up after a few new ones, and nothing of it is left', async () => {
    const ended: Reply = (response) => void response.writeHead(400).end('<Code>ExpiredToken</Code>');
    const routes = s3({ [`PUT ${FILE}/refresh`]: replies.json(200, FOR_AWS), [`PUT /b/${KEY}`]: ended });
    const { files, requests } = await oddStore(routes, { partBytes: 10 });
    const order = { name: 'f.csv', content: slowly(1, 0), runId: '1' };
    expect(await failureOf(files.uploadStream(order))).toMatchObject({ facts: { storeCode: 'ExpiredToken' } });
    const asked = requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(asked.filter((request) => request === `PUT ${FILE}/refresh`)).toHaveLength(2);
    expect(asked.at(-1)).toBe(`DELETE ${FILE}`);
  });
});

describe('a list of parts', () => {
  it('is in order, however the parts have come', () => {
    const parts = new Map([2, 3, 1].map((number) => [number, `e${number}`]));
    expect(allParts(parts, 3, 'key')).toEqual([
      [1, 'e1'],
      [2, 'e2'],
      [3, 'e3'],
    ]);
  });

  it.each([
    ['in the middle', [1, 3], 2],
    ['at the end', [1, 2], 3],
  ])('of which one is missing %s is none', (_, numbers, missing) => {
    const parts = new Map(numbers.map((number) => [number, 'e']));
    expect(() => allParts(parts, 3, 'key')).toThrow(`part ${missing} of 3 was not put`);
  });
});
