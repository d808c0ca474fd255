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
/** Of the disk: no further attempt mends these. */
const LASTING_CODES: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'EISDIR', 'ENOTDIR'];

/** A file of the worker's folder as it is to be. */
interface Wanted {
  path: string;
  /** Of the half file: whoever tries again under the same id deletes what is left of it. */
  owner: string;
}

/**
 * Writes a content into the folder of the worker: the whole file, or none. What is half written has a name that no other
 * attempt has: one that was given up and still runs can neither take the half file of its successor for its own, nor delete it.
 *
 * @throws FileProblem, FullDisk, what else the disk and the content throw.
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

/** Whether a file can be written there, without writing it. @throws FileProblem, what the disk throws. */
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
