import { condition, isCancellation, upsertMemo } from '@temporalio/workflow';
import type { FailureType } from '../job/failure-types.js';
import type { JobView } from '../job/job-view.js';
import { JOB_MEMO } from '../job/messages.js';
import type { JobOutcome, JobResult } from '../job/result.js';
import type { CreatedJob } from '../job/creation.js';
import type { RunPlan } from '../job/run-plan.js';
import { isFinalStatus } from '../job/status.js';
import { cancelWorkflow } from './activities.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';

const OWN_CANCEL_MS_MAX = 60_000;

/** What the workflow makes of a job that is over: its result, or the failure that names what happened. */
export async function finish(life: JobLife, plan: RunPlan, job: CreatedJob, end: JobView): Promise<JobResult> {
  if (end.status === 'terminated' || end.status === 'cancelled') return stoppedByOther(life, plan, job, end);
  const result = resultOf(life, job, end, 'finished');
  if (end.status === 'error') throw failure(blame(end), end.message ?? `Job ${job.jobId} failed.`, result);
  if (end.status === 'warning' && plan.onWarning === 'fail') {
    throw failure('JobWarning', end.message ?? `Job ${job.jobId} ended with a warning.`, result);
  }
  return result;
}

/** A canceled workflow closes without details, so the final view travels in the memo. */
export function remember(life: JobLife, job: CreatedJob, end: JobView, outcome: JobOutcome): void {
  life.remembered = true;
  upsertMemo({ [JOB_MEMO]: resultOf(life, job, end, outcome) });
}

function blame(end: JobView): FailureType {
  if (end.error === 'user') return 'JobUserError';
  return end.error === 'application' ? 'JobApplicationError' : 'JobError';
}

/** Asks for our own cancellation: a thrown one would close the workflow as failed. */
async function stoppedByOther(life: JobLife, plan: RunPlan, job: CreatedJob, end: JobView): Promise<never> {
  const who = end.terminatedBy === undefined ? 'somebody else' : end.terminatedBy;
  if (plan.onTerminated === 'cancel') {
    life.note(`Stopped by ${who}`);
    remember(life, job, end, 'stopped-by-other');
    await cancelOurselves();
  }
  const result = resultOf(life, job, end, 'stopped-by-other');
  throw failure('JobTerminated', `Job ${job.jobId} was stopped by ${who}.`, result);
}

/** Returns only when the cancellation did not come: then the failure has to tell. */
async function cancelOurselves(): Promise<void> {
  try {
    await cancelWorkflow();
    await condition(() => false, OWN_CANCEL_MS_MAX);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

function resultOf(life: JobLife, job: CreatedJob, end: JobView, outcome: JobOutcome): JobResult {
  const { isFinished, error, status, createdTime, ...rest } = end;
  if (!isFinalStatus(status)) throw failure('InternalError', `"${status}" is not final`);
  return {
    ...rest,
    component: rest.component || (life.plan?.component ?? ''),
    status,
    outcome,
    url: job.url,
    createdTime: createdTime ?? '',
    polls: life.snapshot.polls,
    adopted: job.adopted === true,
  };
}
