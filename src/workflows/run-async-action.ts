import { whatToCall, type RunAsyncActionInput } from '../job/async-action.js';
import type { JobResult } from '../job/result.js';
import { prepareAsyncAction } from './activities.js';
import { liveJob } from './run-job.js';

/**
 * Makes a component's own call that Keboola answers with a job, and looks after that job as `runJob` does: makes the
 * call once, waits for its job through any outage, and stops the job for certain when the workflow is cancelled.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function runAsyncAction(input: RunAsyncActionInput, carried?: unknown): Promise<JobResult> {
  return await liveJob(input, carried, { prepare: prepareAsyncAction, what: whatToCall });
}
