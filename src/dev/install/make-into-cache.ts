import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BinaryMaker } from './binary.js';

/**
 * Makes the binary in a folder of its own and renames that into the cache at the end, so that the cache never holds a
 * half-written file. Only for a holder of the cache's lock.
 *
 * @param prefix - starts the name of every unfinished folder of this kind of binary
 * @returns the path of the binary in the cache
 * @throws Error with the maker's reason
 */
export async function makeIntoCache(
  cacheFolder: string,
  prefix: string,
  maker: Pick<BinaryMaker, 'folder' | 'file' | 'make'>,
): Promise<string> {
  await removeLeftovers(cacheFolder, prefix);
  const newFolder = await mkdtemp(join(cacheFolder, prefix));
  try {
    const failure = await maker.make(newFolder);
    if (failure !== undefined) throw new Error(failure);
    const target = join(cacheFolder, maker.folder);
    await rm(target, { recursive: true, force: true });
    await rename(newFolder, target);
    return join(target, maker.file);
  } finally {
    await rm(newFolder, { recursive: true, force: true });
  }
}

/** Removes folders of processes that were killed while making something. We hold the lock, so nobody works there. */
async function removeLeftovers(cacheFolder: string, prefix: string): Promise<void> {
  const leftovers = (await readdir(cacheFolder)).filter((name) => name.startsWith(prefix));
  for (const name of leftovers) await rm(join(cacheFolder, name), { recursive: true, force: true });
}
