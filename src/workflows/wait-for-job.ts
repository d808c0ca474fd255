import type { JobResult } from '../job/result.js';
import type { WaitForJobInput } from '../job/wait/input.js';
import { prepareWait } from './activities.js';
import { answerMessages } from './answer-messages.js';
import { stopAll } from './stop/stop-all.js';
import { stopUnasked } from './stop/stop-job.js';
import { beforeStopUnseen } from './stop/stop-unseen.js';
import { failure } from './failures.js';
import { finish } from './finish.js';
import { JobLife } from './job-life.js';
import { prepare } from './prepare/prepare.js';
import { liveAndCloseJob } from './live-and-close-job.js';
import { waitForEnd } from './wait/wait-for-end.js';

/**
 * Waits for a job that was started elsewhere, as `runJob` waits for its own. When the workflow is cancelled the job
 * goes on, unless the input says `onCancel: 'kill'`.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function waitForJob(input: WaitForJobInput, carried?: unknown): Promise<JobResult> {
  const life = new JobLife(input, carried);
  answerMessages(life);
  return await liveAndCloseJob(life, { run: () => attachAndWait(life, input), onCancel: () => obeyStop(life, input) });
}

async function obeyStop(life: JobLife, input: WaitForJobInput): Promise<void> {
  if (!life.state.created) await beforeStopUnseen(life, input);
  await stopAll(life);
}

async function attachAndWait(life: JobLife, input: WaitForJobInput): Promise<JobResult> {
  if (!life.state.created) {
    const { job } = await prepare(life, prepareWait, input);
    life.jobCreated(job);
  }
  const why = await waitForEnd(life);
  if (why.kind === 'ghost') {
    // Never a reason to stop a job of somebody else's.
    throw failure('InternalError', 'a job started elsewhere was treated as a job of ours that Keboola never queued');
  }
  const end = why.kind === 'over' ? why.view : await stopUnasked(life);
  return await finish(life, end, why);
}
