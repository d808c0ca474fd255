import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { CSV_BYTES_MAX } from '../../job/storage/input.js';
import { isGzip } from '../../input/storage/gzip-mark.js';
import { readWhole } from '../../input/text/read-whole.js';
import { UsageError } from '../exit/usage-error.js';

/** Whether a file is too large to go through Temporal, gzipped or not. If it is unreadable, its reader says why. */
export async function isLarge(path: string): Promise<boolean> {
  const found = path === '-' ? undefined : await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return false;
  return found.size > CSV_BYTES_MAX || (await unpacksLarge(path));
}

/** Opens a file that is read while it is uploaded. @throws UsageError. */
export async function openLarge(path: string): Promise<{ bytes: number; content: AsyncGenerator<Buffer, void> }> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    const { size: bytes, mtimeMs: modifiedMs } = await handle.stat();
    return { bytes, content: readWhole({ handle, bytes, modifiedMs }, path) };
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

async function unpacksLarge(path: string): Promise<boolean> {
  try {
    const bytes = await readFile(path);
    if (isGzip(bytes)) gunzipSync(bytes, { maxOutputLength: CSV_BYTES_MAX });
    return false;
  } catch (error) {
    return error instanceof RangeError;
  }
}
