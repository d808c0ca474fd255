import { whatToCall, type RunAsyncActionInput } from '../job/async-action.js';
import type { JobResult } from '../job/result.js';
import { prepareAsyncAction } from './activities.js';
import { answerMessages } from './answer-messages.js';
import { stopAll } from './stop/stop-all.js';
import { checkedBy } from './prepare/checked-by.js';
import { continueInNewRun } from './continue-as-new.js';
import { JobLife } from './job-life.js';
import { createAndWait } from './run-job.js';
import { RUN_TIMEOUT_INSTEAD } from './prepare/start-terms.js';
import { closeJob } from './close-job.js';

/**
 * Makes a call of a component's own that is answered by a job, and lives that job's life as `runJob` does: the call is
 * made once, its job is waited for through anything, and stopped for certain when the workflow is cancelled.
 *
 * @param carried ours alone: the state of a wait that goes on in a new run.
 */
export async function runAsyncAction(input: RunAsyncActionInput, carried?: unknown): Promise<JobResult> {
  const life = new JobLife(carried, (state, carriedOn) => continueInNewRun(input, state, carriedOn));
  const making = {
    prepare: () => checkedBy((one) => prepareAsyncAction(one, life.storm.isStorm), input),
    what: () => whatToCall(input),
  };
  answerMessages(life);
  return await closeJob(life, {
    run: () => createAndWait(life, making),
    onCancel: () => stopAll(life),
    insteadOfTimeouts: RUN_TIMEOUT_INSTEAD,
  });
}
