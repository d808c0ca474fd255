import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { finality } from '../../job/wait/status.js';
import type { EndedJob, EndedJobs } from '../../job/watch/ended-job.js';
import type { JobApi, JobList } from './job-api.js';
import { SHRINK, unlessTooLarge } from './too-large.js';

/** The most that Queue v2 gives in one answer; and documents that are usual fit into it. */
const PAGE = 500;
/** A project in which more has ended is one that cannot be watched like this, and the next look would be no better. */
const REQUESTS_MAX = 5;

/**
 * The jobs of a project that have ended at this moment or later, in a few requests whatever the project does.
 *
 * No filter is believed, each row is compared here: one that runs again may show an end that it had before, and a filter
 * that is not obeyed answers everything. While the pages are read a job that ends moves the others on, so that a row
 * comes twice rather than never.
 *
 * That a job is missing proves nothing: the index lags, and may be ill.
 *
 * @param sinceMs Keboola's clock, epoch milliseconds.
 * @throws KeboolaError when one of the requests fails.
 */
export async function endedSince(jobs: Pick<JobApi, 'list'>, sinceMs: number): Promise<EndedJobs> {
  const finishedSince = new Date(sinceMs).toISOString();
  const ended = new Map<string, EndedJob>();
  const looked = (isWhole: boolean): EndedJobs => ({ jobs: [...ended.values()], isWhole, ...clockOf(first) });
  let first: JobList | undefined;
  let [limit, offset] = [PAGE, 0];
  for (let request = 0; request < REQUESTS_MAX; request++) {
    const page = await unlessTooLarge(() => jobs.list({ finishedSince, limit, offset }), limit);
    if (page === undefined) {
      limit = Math.ceil(limit / SHRINK);
      continue;
    }
    first ??= page;
    for (const job of page.jobs.flatMap((view) => endedJob(view, sinceMs))) ended.set(job.jobId, job);
    if (page.isWhole) return looked(true);
    offset += limit;
  }
  return looked(false);
}

/** An end that is told in whole seconds lies within the second that was asked for. */
function endedJob({ jobId, runId, status, isFinished, endTime }: JobView, sinceMs: number): EndedJob[] {
  const endedMs = Date.parse(endTime ?? '');
  const hasEnded = JOB_ID.test(jobId) && finality(status, isFinished) === 'final';
  return hasEnded && endedMs >= wholeSecond(sinceMs) ? [{ jobId, runId, endedMs }] : [];
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}

function clockOf(page: JobList | undefined): Pick<EndedJobs, 'serverMs'> {
  return page?.serverTime === undefined ? {} : { serverMs: Date.parse(page.serverTime) };
}
