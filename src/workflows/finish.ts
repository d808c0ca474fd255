import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Deadline } from '../job/wait/budgets.js';
import type { FailureType } from '../job/failure/failure-types.js';
import { linksTo } from '../job/job-page.js';
import type { JobView } from '../job/job-view.js';
import { JOB_MEMO } from '../job/messages.js';
import type { JobOutcome, JobResult, LeftJob } from '../job/result.js';
import { isFinalStatus } from '../job/wait/status.js';
import { durationText } from '../job/text/time-text.js';
import { cancelWorkflow } from './activities.js';
import { completeDescendants } from './tree/complete-descendants.js';
import { briefIfAsked } from './show/brief-if-asked.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { keepInMemo } from './show/keep-in-memo.js';
import { stopJob } from './stop/stop-job.js';

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

/** A canceled workflow closes without details, so the final view travels in the memo. */
export function settle(life: JobLife, end: JobView, outcome: JobOutcome): void {
  life.settled = true;
  keepInMemo({ [JOB_MEMO]: resultOf(life, end, outcome) });
}

/** The job is none of ours, or cannot be stopped, and goes on; the memo tells as what it was seen last. */
export function leaveAlone(life: JobLife): void {
  const { job, plan, state } = life;
  const { component = plan.component, ...view } = state.snapshot.job ?? {};
  const left: LeftJob = { ...view, component, jobId: job.jobId, ...linksTo(plan, job), outcome: 'left-alone' };
  keepInMemo({ [JOB_MEMO]: left });
  life.closingNote = `Job ${job.jobId} was left to itself and goes on`;
}

/** How a stop of ours is told. */
export function outcomeOfStop(end: JobView): JobOutcome {
  return wasStopped(end) ? 'killed-by-us' : 'finished-first';
}

export function wasStopped({ status }: JobView): boolean {
  return status === 'terminated' || status === 'cancelled';
}

export function resultOrFailure(life: JobLife, end: JobView, outcome: JobOutcome): JobResult {
  const result = { ...resultOf(life, end, outcome), ...descendantsPart(life) };
  if (end.status === 'error') throw failure(blame(end), end.message ?? `Job ${end.jobId} failed.`, result);
  if (end.status === 'warning' && life.plan.onWarning === 'fail') {
    throw failure('JobWarning', end.message ?? `Job ${end.jobId} ended with a warning.`, result);
  }
  return result;
}

function descendantsPart({
  plan,
  state,
}: JobLife): Pick<JobResult, 'children' | 'childrenComplete' | 'childrenCounts'> {
  if (plan.children !== 'observe') return {};
  const { complete, results, counts, jobs } = state.descendants;
  const tellsAll = complete && !results?.truncated;
  return {
    ...(results && results.children.length > 0 && { children: results.children }),
    childrenComplete: complete,
    ...(jobs > 0 && !tellsAll && { childrenCounts: counts }),
  };
}

function blame(end: JobView): FailureType {
  if (end.error === 'user') return 'JobUserError';
  return end.error === 'application' ? 'JobApplicationError' : 'JobError';
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

function resultOf({ job, plan, state }: JobLife, end: JobView, outcome: JobOutcome): JobResult {
  const { isFinished, error, status, createdTime, ...rest } = end;
  if (!isFinalStatus(status)) throw failure('InternalError', `"${status}" is not final`);
  return {
    ...briefIfAsked(rest),
    component: end.component === '' ? plan.component : end.component,
    status,
    outcome,
    ...linksTo(plan, job),
    createdTime: createdTime ?? '',
    polls: state.snapshot.polls,
    adopted: job.adopted === true,
  };
}
