import type { CreateOutcome } from '../../job/create/creation.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { sendOnce } from '../create/send-once.js';
import type { StorageCallRequest } from '../../job/storage/remote-steps.js';

/** Sends one call of Storage, once, and says what became of it. */
export async function createStorageJob(deps: ActivityDeps, request: StorageCallRequest): Promise<CreateOutcome> {
  return await sendOnce(request, async () => (await keboolaOf(deps, request)).storage.prepareCall(request.call));
}
