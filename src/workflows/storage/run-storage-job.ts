import type { RunStorageJobInput } from '../../job/storage/input.js';
import type { StorageJobResult } from '../../job/storage/result.js';
import { answerMessages } from '../answer-messages.js';
import { stopAll } from '../stop/stop-all.js';
import { checkedBy } from '../prepare/checked-by.js';
import { continueInNewRun } from '../continue-as-new.js';
import { JobLife } from '../job-life.js';
import { preparePlan } from '../prepare/prepare.js';
import { NO_LIMIT_OF_STORAGE } from '../prepare/start-terms.js';
import { closeJob } from '../close-job.js';
import { prepareStorageJob } from './activities.js';
import { callAndWait } from './call-and-wait.js';
import { resultOrFailure } from './storage-result.js';

/**
 * Makes one asynchronous call of Storage, once, and waits for the end of its job through anything. Storage can stop no
 * job: when the workflow is cancelled, the job goes on, and the workflow says so.
 *
 * @param carried ours alone: the state of a wait that goes on in a new run.
 */
export async function runStorageJob(input: RunStorageJobInput, carried?: unknown): Promise<StorageJobResult> {
  const life = new JobLife(carried, (state, carriedOn) => continueInNewRun(input, state, carriedOn));
  answerMessages(life, false);
  return await closeJob(life, {
    run: () => callStorage(life, input),
    onCancel: () => stopAll(life),
    insteadOfTimeouts: NO_LIMIT_OF_STORAGE,
  });
}

async function callStorage(life: JobLife, input: RunStorageJobInput): Promise<StorageJobResult> {
  if (!life.state.plan) await preparePlan(life, () => checkedBy(prepareStorageJob, input));
  return resultOrFailure(life, await callAndWait(life, input));
}
