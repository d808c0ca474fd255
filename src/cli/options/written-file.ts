import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { FULL_CODES } from '../../input/text/full-codes.js';
import { UsageError } from '../exit/usage-error.js';

/** Makes sure that a file can be written there, before anything is asked for that would be in it. @throws UsageError. */
export async function requirePlace(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw cannotWrite(path, 'it is a folder; name a file in it');
  // What is written replaces what is there, and a device would be none any more.
  if (there && !there.isFile()) throw cannotWrite(path, 'it is no file; - is standard output');
  const half = halfOf(path);
  await onDisk(path, open(half, 'wx').then(closed));
  await rm(half, { force: true });
}

/** Writes a whole file or none: what is half written has another name. @throws UsageError, what the content throws. */
export async function writeWhole(path: string, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
  const half = halfOf(path);
  let bytes = 0;
  const handle = await onDisk(path, open(half, 'wx'));
  try {
    for await (const piece of content) {
      await onDisk(path, handle.writeFile(piece));
      bytes += piece.byteLength;
    }
    await onDisk(path, handle.sync());
    await onDisk(path, closed(handle));
    await onDisk(path, rename(half, path));
    return bytes;
  } catch (error) {
    await closed(handle).catch(() => undefined);
    await rm(half, { force: true });
    throw error;
  }
}

function halfOf(path: string): string {
  return `${path}.${process.pid}.part`;
}

async function closed(handle: FileHandle): Promise<void> {
  await handle.close();
}

async function onDisk<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!FULL_CODES.includes(code)) throw cannotWrite(path, message);
    throw cannotWrite(path, `its disk takes no more of it (${code ?? ''}), and what was written is deleted`);
  }
}

function cannotWrite(path: string, why: string): UsageError {
  return new UsageError(`Cannot write ${path}: ${why}`);
}
