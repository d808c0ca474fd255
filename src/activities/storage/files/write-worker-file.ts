import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FilesPlace } from '../../deps.js';
import { gzipped } from '../../../keboola/storage/csv-content.js';
import { placeInFolder, workerFolder } from './worker-folder.js';

const MARK_LENGTH = 12;

/**
 * Writes a content into the folder of the worker: the whole file, or none. What is half written has another name, and is
 * the same one for whoever tries again.
 *
 * @param owner of the half file: what has the same id writes over it.
 * @throws FileProblem, what the disk and the content throw.
 */
export async function writeWorkerFile(
  files: FilesPlace | undefined,
  { path, owner }: { path: string; owner: string },
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const folder = await placeInFolder(await workerFolder(files), path);
  const mark = createHash('sha256').update(owner).digest('hex').slice(0, MARK_LENGTH);
  const half = join(folder, `.${basename(path)}.${mark}.part`);
  await rm(half, { force: true });
  const handle = await open(half, 'wx');
  try {
    for await (const piece of path.endsWith('.gz') ? gzipped(content) : content) await handle.writeFile(piece);
    await handle.sync();
    await handle.close();
    await rename(half, join(folder, basename(path)));
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(half, { force: true });
    throw error;
  }
}
