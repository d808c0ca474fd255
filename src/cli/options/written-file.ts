import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FULL_CODES } from '../../input/text/full-codes.js';
import { tryFile, writeWhole, type WantedFile } from '../../input/text/half-file.js';
import { UsageError } from '../exit/usage-error.js';

/** Makes sure that a file can be written there, before anybody asks for its content. @throws UsageError. */
export async function requirePlace(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw cannotWrite(path, 'it is a folder; name a file in it');
  // Writing replaces what is there, so that a device would become a file.
  if (there && !there.isFile()) throw cannotWrite(path, 'it is not a file; - is standard output');
  await tryFile(wanted(path)).catch((error: unknown) => {
    throw ofDisk(error, path);
  });
}

/** Writes a whole file or none. @returns how many bytes. @throws UsageError, what the content throws. */
export async function writeFileWhole(path: string, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
  const failed: { error?: unknown } = {};
  return await writeWhole(wanted(path), orNoted(content, failed)).catch((error: unknown) => {
    throw error === failed.error ? error : ofDisk(error, path);
  });
}

/** Marks the file with our pid. In a container, each process may have the same pid, but an earlier one has ended. */
function wanted(path: string): WantedFile {
  return { folder: dirname(path), name: basename(path), mark: String(process.pid) };
}

/** Notes an error of the content, to tell it from one of the disk. */
async function* orNoted(
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  failed: { error?: unknown },
): AsyncGenerator<Buffer, void> {
  try {
    yield* content;
  } catch (error) {
    failed.error = error;
    throw error;
  }
}

function ofDisk(error: unknown, path: string): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!FULL_CODES.includes(code)) return cannotWrite(path, message);
  return cannotWrite(path, `its disk takes no more of it (${code ?? ''}), and what was written is deleted`);
}

function cannotWrite(path: string, why: string): UsageError {
  return new UsageError(`Cannot write ${path}: ${why}`);
}
