import type { FilesPlace } from '../../deps.js';
import { FileProblem } from './file-problem.js';
import { openInFolder, workerFolder } from './worker-folder.js';

const PIECE_BYTES = 1_048_576;

/**
 * A file of the worker's folder, read while it is asked for.
 *
 * @throws FileProblem, also when it has become another file while it was read.
 */
export async function* readWorkerFile(files: FilesPlace | undefined, path: string): AsyncGenerator<Buffer, void> {
  const { handle, bytes, modifiedMs } = await openInFolder(await workerFolder(files), path);
  try {
    let at = 0;
    for (;;) {
      // A buffer of its own for each: they are kept until their part is sent.
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      if (at > bytes) break;
      yield buffer.subarray(0, bytesRead);
    }
    const { size, mtimeMs } = await handle.stat();
    if (at === bytes && size === bytes && mtimeMs === modifiedMs) return;
    throw new FileProblem(`${path} has changed while it was read`);
  } finally {
    await handle.close();
  }
}
