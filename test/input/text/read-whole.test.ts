import { appendFile, open, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readWhole } from '../../../src/input/text/read-whole.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Two pieces and a rest. */
const CONTENT = 'x'.repeat(2_500_000);

let path: string;
beforeEach(async () => {
  path = join(await tempFolder(), 'large.csv');
  await writeFile(path, CONTENT);
});

/** Reads the file, of which something becomes behind the first piece. */
async function read(change: () => Promise<unknown> = () => Promise.resolve()): Promise<number> {
  const handle = await open(path);
  const { size: bytes, mtimeMs: modifiedMs } = await handle.stat();
  let come = 0;
  for await (const piece of readWhole({ handle, bytes, modifiedMs }, 'large.csv')) {
    if (come === 0) await change();
    come += piece.byteLength;
  }
  return come;
}

describe('a file that is read', () => {
  it('is whole where it stays as it is', async () => {
    expect(await read()).toBe(CONTENT.length);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['shrinks', () => truncate(path, 2_000_000)],
    ['shrinks to what has been read', () => truncate(path, 1_048_576)],
    ['is emptied', () => truncate(path, 0)],
    ['grows', () => appendFile(path, 'more')],
    ['is written anew with the same length', () => writeFile(path, 'y'.repeat(CONTENT.length))],
    ['only has another time', () => utimes(path, new Date(0), new Date(0))],
  ])('meanwhile is none where it %s', async (_, change) => {
    await expect(read(change)).rejects.toMatchObject({
      name: 'ChangedFile',
      message: 'large.csv has changed while it was read',
    });
  });
});
