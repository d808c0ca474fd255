import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FilesPlace } from '../../deps.js';
import { FULL_CODES } from '../../../input/text/full-codes.js';
import { gzipped } from '../../../keboola/storage/csv-content.js';
import { FileProblem } from './file-problem.js';
import { FullDisk } from './full-disk.js';
import { placeInFolder, workerFolder } from './worker-folder.js';

const MARK_LENGTH = 12;
const CHANCE_BYTES = 6;
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
  const folder = await placeInFolder(await workerFolder(files), path);
  await withHalf(folder, wanted, async (half, handle) => {
    const bytes: AsyncIterable<Buffer> = path.endsWith('.gz') ? gzipped(content) : content;
    for await (const piece of bytes) await handle.writeFile(piece);
    await handle.sync();
    await handle.close();
    // Of an attempt that was given up the half is gone by now, and this fails.
    await rename(half, join(folder, basename(path)));
  });
}

/** Whether a file can be written there, without writing it. @throws FileProblem, what the disk throws. */
export async function tryWorkerFile(files: FilesPlace | undefined, wanted: Wanted): Promise<void> {
  const folder = await placeInFolder(await workerFolder(files), wanted.path);
  await withHalf(folder, wanted, (half) => rm(half));
}

async function withHalf(
  folder: string,
  { path, owner }: Wanted,
  use: (half: string, handle: FileHandle) => Promise<void>,
): Promise<void> {
  const mark = createHash('sha256').update(owner).digest('hex').slice(0, MARK_LENGTH);
  const begin = `.${basename(path)}.${mark}.`;
  await removeHalves(folder, begin);
  const half = join(folder, `${begin}${randomBytes(CHANCE_BYTES).toString('hex')}.part`);
  let handle: FileHandle | undefined;
  try {
    handle = await open(half, 'wx');
    await use(half, handle);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw ofDisk(error, path);
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** What attempts before have left behind. */
async function removeHalves(folder: string, begin: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(begin) && name.endsWith('.part')) await rm(join(folder, name), { force: true });
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
