import { workflowInfo } from '@temporalio/workflow';
import { brief } from '../../job/pipeline/brief.js';
import { BRIEF_MEMO } from '../../job/pipeline/result.js';
import type { JobResult } from '../../job/result.js';

type Told = Pick<JobResult, 'result' | 'truncated' | 'message' | 'log' | 'details'>;

/** Shortens what is told of a job if its pipeline asks: all that children tell goes into the pipeline's history. */
export function briefIfAsked<T extends Told>(job: T): T {
  return isAskedToBeBrief() ? brief(job) : job;
}

export function isAskedToBeBrief(): boolean {
  return workflowInfo().memo?.[BRIEF_MEMO] === true;
}
