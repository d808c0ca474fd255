import { isCancellation, sleep } from '@temporalio/workflow';
import type { JobView } from '../job/job-view.js';
import type { JobResult } from '../job/result.js';
import { durationText } from '../job/text/time-text.js';
import type { Deadline } from '../job/wait/budgets.js';
import { isStoppedStatus } from '../job/wait/status.js';
import { cancelWorkflow } from './activities.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { resultOf, resultOrFailure } from './job-result.js';
import { keepEndInMemo } from './keep-end-in-memo.js';
import { GHOST_AFTER_MS, type WaitEnd } from '../job/wait/verdict.js';

const OWN_CANCEL_MS_MAX = 60_000;

/**
 * Turns the end of a job into that of the workflow: a result, or the failure that names what happened. If we asked the
 * job to stop, but it ended by itself first, its own end counts.
 *
 * @param why the wait has ended. A job that was never queued fails here: whether another may replace it was asked
 * before.
 */
export async function finish(life: JobLife, end: JobView, why: WaitEnd): Promise<JobResult> {
  if (!isStoppedStatus(end.status))
    return resultOrFailure(life, end, why.kind === 'out-of-time' ? 'finished-first' : 'finished');
  if (why.kind === 'out-of-time') throw timedOut(end, why.deadline, resultOf(life, end, 'timed-out'));
  if (why.kind === 'ghost') throw neverQueued(end);
  const who = end.terminatedBy ?? 'somebody else';
  if (life.plan.onTerminated === 'cancel') {
    life.note(`Stopped by ${who}`);
    keepEndInMemo(life, end, 'stopped-by-other');
    await cancelOurselves();
  }
  const result = resultOf(life, end, 'stopped-by-other');
  throw failure('JobTerminated', `Job ${end.jobId} was stopped by ${who}.`, result);
}

function timedOut({ jobId, status }: JobView, { which, budgetMs }: Deadline, result: JobResult): Error {
  const cost = status === 'cancelled' ? ' It never started, so nothing was charged.' : '';
  const message = `Job ${jobId} exceeded its ${which} (${durationText(budgetMs)}) and was stopped.${cost}`;
  return failure('JobTimedOut', message, result);
}

function neverQueued({ jobId, runId, status }: JobView): Error {
  const how = status === 'cancelled' ? 'It has not run' : 'It had only just started running';
  const howLong = `${GHOST_AFTER_MS / 60_000} minutes`;
  const message = `Job ${jobId} was created, but Keboola did not start it for ${howLong}, so it was stopped. ${how}.`;
  const advice = 'Start it again, or set onAmbiguousCreate to "recreate" to have this done for you.';
  return failure('CreateAmbiguous', `${message} ${advice}`, { runId, jobId });
}

/** Returns only if the cancellation did not arrive; then the failure has to report the stop. */
async function cancelOurselves(): Promise<void> {
  try {
    await cancelWorkflow();
    await sleep(OWN_CANCEL_MS_MAX, { summary: 'The cancellation is on its way' });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
