import { linksTo } from '../job/job-page.js';
import type { JobView } from '../job/job-view.js';
import { FAILURE_MEMO, JOB_MEMO } from '../job/messages.js';
import type { JobOutcome, LeftJob } from '../job/result.js';
import type { JobLife } from './job-life.js';
import { failureOf, resultOf } from './job-result.js';
import { keepInMemo } from './show/keep-in-memo.js';

/**
 * A canceled workflow closes without details, so the final view of its job goes into the memo. If the job had ended by
 * itself, so does the failure that its end would have been.
 */
export function keepEndInMemo(life: JobLife, end: JobView, outcome: JobOutcome): void {
  life.markSettled();
  const failed = outcome === 'finished-first' ? failureOf(life.plan, end) : undefined;
  keepInMemo({ [JOB_MEMO]: resultOf(life, end, outcome) });
  if (failed) keepInMemo({ [FAILURE_MEMO]: failed });
}

/** Leaves a job running that is not ours or cannot be stopped; the memo keeps the last view of it. */
export function leaveAlone(life: JobLife): void {
  const { job, plan, state } = life;
  const { component = plan.component, ...view } = state.snapshot.job ?? {};
  const left: LeftJob = { ...view, component, jobId: job.jobId, ...linksTo(plan, job), outcome: 'left-alone' };
  keepInMemo({ [JOB_MEMO]: left });
  life.closeSaying(`Job ${job.jobId} was left running`);
}

/** Like `leaveAlone`, before the job was ever read. */
export function leaveUnseen(life: JobLife, jobId: string): void {
  const left: LeftJob = { jobId, outcome: 'left-alone' };
  keepInMemo({ [JOB_MEMO]: left });
  life.closeSaying(`Job ${jobId} was left alone; its status had not been read yet`);
}
