import type { FailureType } from '../job/failure/failure-types.js';
import { linksTo } from '../job/job-page.js';
import type { JobView } from '../job/job-view.js';
import type { JobFailure, JobOutcome, JobResult } from '../job/result.js';
import type { RunPlan } from '../job/run-plan.js';
import { isFinalStatus, isStoppedStatus } from '../job/wait/status.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';
import { briefIfAsked } from './show/brief-if-asked.js';

/** The outcome to report after we stopped the job. */
export function outcomeOfStop(end: JobView): JobOutcome {
  return isStoppedStatus(end.status) ? 'killed-by-us' : 'finished-first';
}

export function resultOrFailure(life: JobLife, end: JobView, outcome: JobOutcome): JobResult {
  const result = { ...resultOf(life, end, outcome), ...descendantsPart(life) };
  const failed = failureOf(life.plan, end);
  if (failed) throw failure(failed.type, failed.message, result);
  return result;
}

/** The failure that the job's end means to the workflow's author, unless it is a success. */
export function failureOf({ onWarning }: RunPlan, end: JobView): JobFailure | undefined {
  if (end.status === 'error') return { type: blame(end), message: end.message ?? `Job ${end.jobId} failed.` };
  if (end.status !== 'warning' || onWarning !== 'fail') return undefined;
  return { type: 'JobWarning', message: end.message ?? `Job ${end.jobId} ended with a warning.` };
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

export function resultOf({ job, plan, state }: JobLife, end: JobView, outcome: JobOutcome): JobResult {
  const { isFinished, error, status, createdTime, ...rest } = end;
  if (!isFinalStatus(status)) throw failure('InternalError', `"${status}" is not final`);
  return {
    ...briefIfAsked(rest),
    component: end.component === '' ? plan.component : end.component,
    status,
    outcome,
    ...linksTo(plan, job),
    createdTime: createdTime ?? '',
    ...(plan.warnings && { warnings: plan.warnings }),
    polls: state.snapshot.polls,
    adopted: job.found === true || job.foreign === true,
    ...(job.foreign && { foreign: true as const }),
  };
}
