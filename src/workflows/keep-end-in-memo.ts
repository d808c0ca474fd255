import { linksTo } from '../job/job-page.js';
import type { JobView } from '../job/job-view.js';
import { FAILURE_MEMO, JOB_MEMO } from '../job/messages.js';
import type { JobOutcome, LeftJob } from '../job/result.js';
import type { JobLife } from './job-life.js';
import { failureOf, resultOf } from './job-result.js';
import { keepInMemo } from './show/keep-in-memo.js';

/**
 * A canceled workflow closes without details, so the final view travels in the memo; where the job had ended by itself, what
 * that would have been, too.
 */
export function keepEndInMemo(life: JobLife, end: JobView, outcome: JobOutcome): void {
  life.markSettled();
  const failed = outcome === 'finished-first' ? failureOf(life.plan, end) : undefined;
  keepInMemo({ [JOB_MEMO]: resultOf(life, end, outcome) });
  if (failed) keepInMemo({ [FAILURE_MEMO]: failed });
}

/** The job is none of ours, or cannot be stopped, and goes on; the memo tells as what it was seen last. */
export function leaveAlone(life: JobLife): void {
  const { job, plan, state } = life;
  const { component = plan.component, ...view } = state.snapshot.job ?? {};
  const left: LeftJob = { ...view, component, jobId: job.jobId, ...linksTo(plan, job), outcome: 'left-alone' };
  keepInMemo({ [JOB_MEMO]: left });
  life.closeSaying(`Job ${job.jobId} was left to itself and goes on`);
}

/** As `leaveAlone`, where nobody has looked at the job yet. */
export function leaveUnseen(life: JobLife, jobId: string): void {
  const left: LeftJob = { jobId, outcome: 'left-alone' };
  keepInMemo({ [JOB_MEMO]: left });
  life.closeSaying(`Job ${jobId} was left to itself before it was seen`);
}
