import type { RemovalRequest } from '../../job/storage/remote-steps.js';
import type { ActivityDeps } from '../deps.js';
import { toFailure } from '../failures.js';

/** Deletes a file that no job will load; without its id, all that were prepared under its run id. */
export async function removeUploaded(
  { connections }: ActivityDeps,
  { connection, runId, fileId }: RemovalRequest,
): Promise<void> {
  try {
    const { files, tables } = connections.get(connection);
    await (fileId === undefined ? tables.removeOfRun(runId) : files.remove(fileId));
  } catch (error) {
    throw toFailure(error);
  }
}
