import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { JobView } from '../job/job-view.js';
import type { JobResult } from '../job/result.js';
import { durationText } from '../job/text/time-text.js';
import type { Deadline } from '../job/wait/budgets.js';
import { cancelWorkflow } from './activities.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { outcomeOfStop, resultOf, resultOrFailure, wasStopped } from './job-result.js';
import { settle } from './settle.js';
import { stopJob } from './stop/stop-job.js';
import { completeDescendants } from './tree/complete-descendants.js';

const OWN_CANCEL_MS_MAX = 60_000;

/** What the workflow makes of a job that is over: its result, or the failure that names what happened. */
export async function finish(life: JobLife, end: JobView): Promise<JobResult> {
  await completeDescendants(life);
  if (wasStopped(end)) return await stoppedByOther(life, end);
  return resultOrFailure(life, end, 'finished');
}

/** The job's time is up: it is stopped, and what it has come to by then counts. */
export async function finishOutOfTime(life: JobLife, { which, budgetMs }: Deadline): Promise<JobResult> {
  const limit = `${which} (${durationText(budgetMs)})`;
  const end = await CancellationScope.nonCancellable(() => stopJob(life));
  if (life.cancelled) settle(life, end, outcomeOfStop(end));
  await life.rethrowCancellation();
  if (!wasStopped(end)) return resultOrFailure(life, end, 'finished-first');
  const cost = end.status === 'cancelled' ? ' It never started, so it has cost nothing.' : '';
  const message = `Job ${end.jobId} was over its ${limit} and was stopped.${cost}`;
  throw failure('JobTimedOut', message, resultOf(life, end, 'timed-out'));
}

async function stoppedByOther(life: JobLife, end: JobView): Promise<never> {
  const who = end.terminatedBy ?? 'somebody else';
  if (life.plan.onTerminated === 'cancel') {
    life.note(`Stopped by ${who}`);
    settle(life, end, 'stopped-by-other');
    await cancelOurselves();
  }
  const result = resultOf(life, end, 'stopped-by-other');
  throw failure('JobTerminated', `Job ${end.jobId} was stopped by ${who}.`, result);
}

/** Returns only when the cancellation did not come: then the failure has to tell. */
async function cancelOurselves(): Promise<void> {
  try {
    await cancelWorkflow();
    await sleep(OWN_CANCEL_MS_MAX, { summary: 'The cancellation is on its way' });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
