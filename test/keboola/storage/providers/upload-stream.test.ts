import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Provider } from '../../../../src/keboola/storage/providers/provider.js';
import { uploadStream } from '../../../../src/keboola/storage/providers/upload-stream.js';

const PART = 1_048_576;
const PARTS = 6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A store that looks, during each part, how many of those before it are still in memory. */
function watching(partsAtOnceMax: number, held: number[]): Provider {
  const parts: WeakRef<Buffer>[] = [];
  const none = (): never => expect.unreachable('nothing of the kind was asked for');
  return {
    partsAtOnceMax,
    partsMax: 100,
    partBytes: PART,
    partBytesStep: 1,
    putWhole: none,
    open: none,
    blobOf: none,
    sliceOf: none,
    begin: () =>
      Promise.resolve({
        put: async (part) => {
          parts.push(new WeakRef(part.content));
          for (let turns = 0; turns < 20; turns++) await turn();
          collectGarbage();
          held.push(parts.filter((one) => one.deref() !== undefined).length);
        },
        complete: () => Promise.resolve(),
        abort: () => Promise.resolve(),
      }),
  };
}

async function* pieces(): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < PARTS * 4; at++) {
    await turn();
    yield Buffer.alloc(PART / 4, at);
  }
}

it.each([1, 3])('an upload of %i parts at once holds none that is through', async (atOnce) => {
  const held: number[] = [];
  const bytes = await uploadStream(watching(atOnce, held), pieces(), {
    partBytes: PART,
    signal: new AbortController().signal,
    attempt: (work) => work(),
  });
  expect(bytes).toBe(PARTS * PART);
  expect(held).toHaveLength(PARTS);
  expect(Math.max(...held)).toBeLessThanOrEqual(atOnce);
});
