import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FilesPlace } from '../../deps.js';
import { FULL_CODES } from '../../../input/text/full-codes.js';
import { gzippedOnceRead } from '../../../input/text/gzipped.js';
import { tryFile, writeWhole, type WantedFile } from '../../../input/text/half-file.js';
import { FileProblem } from './file-problem.js';
import { FullDisk } from './full-disk.js';
import { placeInFolder, workerFolder } from './worker-folder.js';

const MARK_LENGTH = 12;
/** Error codes of the disk that no further attempt fixes. */
const LASTING_CODES: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'EISDIR', 'ENOTDIR'];

/** A file that is to be written into the worker's folder. */
interface Wanted {
  path: string;
  /** The owner of the partial file: a retry with the same owner deletes what is left of it. */
  owner: string;
}

/**
 * Writes content into the folder of the worker: the complete file, or none. Each attempt gives its partial file a name
 * of its own, so that an abandoned attempt that still runs can neither mistake its successor's partial file for its own
 * nor delete it.
 *
 * @throws FileProblem, FullDisk, and whatever else the disk and the content throw.
 */
export async function writeWorkerFile(
  files: FilesPlace | undefined,
  wanted: Wanted,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const { path } = wanted;
  const file = await fileOf(files, wanted);
  await orTold(writeWhole(file, path.endsWith('.gz') ? gzippedOnceRead(content) : content), path);
}

/** Checks that a file can be written there, without writing it. @throws as `writeWorkerFile`. */
export async function tryWorkerFile(files: FilesPlace | undefined, wanted: Wanted): Promise<void> {
  await orTold(tryFile(await fileOf(files, wanted)), wanted.path);
}

async function fileOf(files: FilesPlace | undefined, { path, owner }: Wanted): Promise<WantedFile> {
  const folder = await placeInFolder(await workerFolder(files), path);
  const mark = createHash('sha256').update(owner).digest('hex').slice(0, MARK_LENGTH);
  return { folder, name: basename(path), mark };
}

async function orTold(work: Promise<unknown>, path: string): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw ofDisk(error, path);
  }
}

function ofDisk(error: unknown, path: string): unknown {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return error;
  if (FULL_CODES.includes(code))
    return new FullDisk(`${path} cannot be written: the disk takes no more of it (${code})`, code);
  if (!LASTING_CODES.includes(code)) return error;
  return new FileProblem(`${path} cannot be written (${code})`);
}
