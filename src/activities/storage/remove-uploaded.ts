import type { RemovalRequest } from '../../job/storage/remote-steps.js';
import type { ActivityDeps } from '../deps.js';
import { toFailure } from '../failures.js';
import { keboolaOf } from '../keboola-of.js';

/** Deletes a file that no job will load; without its id, all files that were prepared under its run id. */
export async function removeUploaded(deps: ActivityDeps, { runId, fileId, ...place }: RemovalRequest): Promise<void> {
  try {
    const { files, tables } = await keboolaOf(deps, place);
    await (fileId === undefined ? tables.removeOfRun(runId) : files.remove(fileId));
  } catch (error) {
    throw toFailure(error);
  }
}
