import { storageInputGuard } from '../../job/carried/storage-call-guard.js';
import type { RunStorageJobInput } from '../../job/storage/input.js';
import type { StorageJobResult } from '../../job/storage/result.js';
import { refuseState } from '../continue-as-new.js';
import type { JobLife } from '../job-life.js';
import { preparePlan } from '../prepare/prepare.js';
import { prepareStorageJob } from './activities.js';
import { callAndWait } from './call-and-wait.js';
import { liveStorage } from './live-storage.js';
import { resultOrFailure } from './storage-result.js';

/**
 * Makes one asynchronous call of Storage, once, and waits for the end of its job through any outage. Storage can stop
 * no job: when the workflow is cancelled, the job goes on, and the workflow says so.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function runStorageJob(input: RunStorageJobInput, carried?: unknown): Promise<StorageJobResult> {
  return await liveStorage(input, carried, (life) => callStorage(life, input));
}

async function callStorage(life: JobLife, input: RunStorageJobInput): Promise<StorageJobResult> {
  if (!life.state.plan) await preparePlan(life, prepareStorageJob, input);
  else requireCall(input);
  return resultOrFailure(life, await callAndWait(life, input));
}

/** A plan from another run does not vouch for the input beside it. @throws ApplicationFailure `InvalidInput`. */
function requireCall(input: unknown): void {
  const problem = storageInputGuard(input, '');
  refuseState(problem && `the input: ${problem}`);
}
