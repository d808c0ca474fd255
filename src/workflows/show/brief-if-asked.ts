import { workflowInfo } from '@temporalio/workflow';
import { BRIEF_MEMO } from '../../job/pipeline/result.js';
import { brief } from '../../job/pipeline/state.js';
import type { JobResult } from '../../job/result.js';

type Told = Pick<JobResult, 'result' | 'truncated' | 'message' | 'log' | 'details'>;

/** What is told of a job: a pipeline asks its children to be brief, because all they tell goes into its own history. */
export function briefIfAsked<T extends Told>(job: T): T {
  return isAskedToBeBrief() ? brief(job) : job;
}

export function isAskedToBeBrief(): boolean {
  return workflowInfo().memo?.[BRIEF_MEMO] === true;
}
