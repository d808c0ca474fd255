import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const CHANCE_BYTES = 6;

/** A file as it is to be. */
export interface WantedFile {
  folder: string;
  name: string;
  /** Of its half file: whoever comes again with the same mark deletes what is left of it. */
  mark: string;
}

/**
 * Writes a whole file or none: what is half written has a name that no other attempt has.
 *
 * @returns how many bytes. @throws what the disk and the content throw.
 */
export async function writeWhole(
  wanted: WantedFile,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<number> {
  return await withHalf(wanted, async (half, handle) => {
    let bytes = 0;
    for await (const piece of content) {
      await handle.writeFile(piece);
      bytes += piece.byteLength;
    }
    await handle.sync();
    await handle.close();
    // Of an attempt that was given up the half is gone by now, and this fails.
    await rename(half, join(wanted.folder, wanted.name));
    return bytes;
  });
}

/** Whether a file can be written there, without writing it. @throws what the disk throws. */
export async function tryFile(wanted: WantedFile): Promise<void> {
  await withHalf(wanted, (half) => rm(half));
}

async function withHalf<T>(
  { folder, name, mark }: WantedFile,
  use: (half: string, handle: FileHandle) => Promise<T>,
): Promise<T> {
  const begin = `.${name}.${mark}.`;
  await removeHalves(folder, begin);
  const half = join(folder, `${begin}${randomBytes(CHANCE_BYTES).toString('hex')}.part`);
  let handle: FileHandle | undefined;
  try {
    handle = await open(half, 'wx');
    return await use(half, handle);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** What attempts before have left behind; a folder that cannot be read may be one that can be written. */
async function removeHalves(folder: string, begin: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith(begin) && name.endsWith('.part')) await rm(join(folder, name), { force: true });
  }
}
