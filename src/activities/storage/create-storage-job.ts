import type { CreateOutcome } from '../../job/create/creation.js';
import { isStoragePath } from '../../job/storage/call-path.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { sendOnce } from '../create/send-once.js';
import type { StorageCallRequest } from '../../job/storage/remote-steps.js';

/**
 * Sends one call to Storage, once, and reports the outcome. The token goes nowhere else, whatever a workflow asks for.
 */
export async function createStorageJob(deps: ActivityDeps, request: StorageCallRequest): Promise<CreateOutcome> {
  const { call } = request;
  if (!isStoragePath(call.path)) {
    return { kind: 'refused', type: 'CreateRefused', message: 'The path of the call is not below /v2/storage/' };
  }
  return await sendOnce(request, async () => (await keboolaOf(deps, request)).storage.prepareCall(call));
}
