import { ChangedFile, readWhole } from '../../../input/text/read-whole.js';
import type { FilesPlace } from '../../deps.js';
import { FileProblem } from './file-problem.js';
import { openInFolder, workerFolder } from './worker-folder.js';

/**
 * Streams a file of the worker's folder.
 *
 * @throws FileProblem, also if the file changed while it was read.
 */
export async function* readWorkerFile(files: FilesPlace | undefined, path: string): AsyncGenerator<Buffer, void> {
  const opened = await openInFolder(await workerFolder(files), path);
  try {
    yield* readWhole(opened, path);
  } catch (error) {
    throw error instanceof ChangedFile ? new FileProblem(error.message) : error;
  }
}
