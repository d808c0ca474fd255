import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const CHANCE_BYTES = 6;

/** A file to write. */
export interface WantedFile {
  folder: string;
  name: string;
  /** Marks its temporary file: a later attempt with the same mark deletes what is left of it. */
  mark: string;
}

/**
 * Writes a file atomically: until it is complete, it has a temporary name that no other attempt uses.
 *
 * @returns the number of bytes. @throws what the disk and the content throw.
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
    // If this attempt was given up, the next one has deleted its temporary file, and this fails.
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

/** Deletes what earlier attempts left behind. A folder that cannot be listed may still be writable. */
async function removeHalves(folder: string, begin: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith(begin) && name.endsWith('.part')) await rm(join(folder, name), { force: true });
  }
}
