import { whatToCall, type RunAsyncActionInput } from '../job/async-action.js';
import type { JobResult } from '../job/result.js';
import { prepareAsyncAction } from './activities.js';
import { liveJob } from './run-job.js';

/**
 * Makes a call of a component's own that is answered by a job, and lives that job's life as `runJob` does: the call is
 * made once, its job is waited for through anything, and stopped for certain when the workflow is cancelled.
 *
 * @param carried ours alone: the state of a wait that goes on in a new run.
 */
export async function runAsyncAction(input: RunAsyncActionInput, carried?: unknown): Promise<JobResult> {
  return await liveJob(input, carried, { prepare: prepareAsyncAction, what: whatToCall });
}
