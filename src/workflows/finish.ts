import { isCancellation, sleep } from '@temporalio/workflow';
import type { JobView } from '../job/job-view.js';
import { mayRecreate } from '../job/life-state.js';
import type { JobResult } from '../job/result.js';
import { durationText } from '../job/text/time-text.js';
import type { Deadline } from '../job/wait/budgets.js';
import { cancelWorkflow } from './activities.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { resultOf, resultOrFailure, wasStopped } from './job-result.js';
import { settle } from './settle.js';
import { completeDescendants } from './tree/complete-descendants.js';

const OWN_CANCEL_MS_MAX = 60_000;

/** What the workflow makes of a job that is over: its result, or the failure that names what happened. */
export async function finish(life: JobLife, end: JobView): Promise<JobResult> {
  await completeDescendants(life);
  if (wasStopped(end)) return await stoppedByOther(life, end);
  return resultOrFailure(life, end, 'finished');
}

/** The job's time was up, so it was stopped; what it has come to by then counts. */
export function finishOutOfTime(life: JobLife, end: JobView, { which, budgetMs }: Deadline): JobResult {
  if (!wasStopped(end)) return resultOrFailure(life, end, 'finished-first');
  const cost = end.status === 'cancelled' ? ' It never started, so it has cost nothing.' : '';
  const message = `Job ${end.jobId} was over its ${which} (${durationText(budgetMs)}) and was stopped.${cost}`;
  throw failure('JobTimedOut', message, resultOf(life, end, 'timed-out'));
}

/**
 * The job was written and never queued, so it was stopped, lest it start one day. Where it has come to an end of its own
 * meanwhile, it was no ghost and its end counts.
 *
 * @returns undefined when another job may be created in its place.
 * @throws ApplicationFailure `CreateAmbiguous` where the author does not allow that.
 */
export function finishGhost(life: JobLife, end: JobView): JobResult | undefined {
  if (!wasStopped(end)) return resultOrFailure(life, end, 'finished');
  if (end.status === 'cancelled' && mayRecreate(life.state)) return undefined;
  const how = end.status === 'cancelled' ? 'It has not run' : 'It had just begun to run';
  const message = `Job ${end.jobId} was created, but for 15 minutes nothing took it up, so it was stopped. ${how}.`;
  const { runId, jobId } = end;
  const advice = 'Start it again, or allow that with onAmbiguousCreate "recreate".';
  throw failure('CreateAmbiguous', `${message} ${advice}`, { runId, jobId });
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
