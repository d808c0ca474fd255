import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { finality } from '../../job/wait/status.js';
import type { EndedJob, EndedJobs } from '../../job/watch/ended-job.js';
import type { JobApi, JobList } from './job-api.js';
import { SHRINK, unlessTooLarge } from './too-large.js';

/** The most rows that Queue v2 gives in one answer; documents of usual size fit into our size limit. */
const PAGE = 500;
/** A project in which more jobs have ended cannot be watched like this, and the next look would be no better. */
const REQUESTS_MAX = 5;

/**
 * The jobs of a project that ended at this moment or later, in a few requests whatever the project does.
 *
 * We do not rely on the filter but compare each row: a job that runs again may show an earlier end, and an ignored
 * filter returns everything. A job that ends while we read pages shifts the others back, so a row may come twice, but
 * is never missed.
 *
 * A missing job proves nothing: the index lags, and may be broken.
 *
 * @param sinceMs by Keboola's clock, epoch milliseconds.
 * @throws KeboolaError if one of the requests fails.
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

/** Keboola gives ends in whole seconds, so one in the same second as `sinceMs` counts. */
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
