import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import type { FoundJobs } from '../jobs/job-api.js';
import { StampedSince, type Since } from '../../job/create/stamped-since.js';
import { SHRINK, unlessTooLarge } from '../jobs/too-large.js';

const PAGE = 500;
const REQUESTS_MAX = 20;

/** A page of the list. `documents` counts all rows, since a full page is not the last, however many can be parsed. */
export interface StoragePage {
  jobs: JobView[];
  documents: number;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
}

/**
 * Looks through Storage's list of jobs, newest first: it has no filter by RunId, and its filter by time needs a clock
 * that may be wrong.
 *
 * @param since stop at jobs that are certainly older, if known.
 */
export async function findByRunId(
  list: (limit: number, offset: number) => Promise<StoragePage>,
  runId: string,
  since: Since | undefined,
): Promise<FoundJobs> {
  const stamped = since && new StampedSince(since);
  let [limit, offset] = [PAGE, 0];
  let proven = false;
  let isWhole = false;
  for (let request = 0; request < REQUESTS_MAX && !isWhole; request++) {
    const page = await unlessTooLarge(() => list(limit, offset), limit);
    if (page === undefined) {
      limit = Math.ceil(limit / SHRINK);
      continue;
    }
    const { jobs, documents, serverTime } = page;
    stamped?.heard(serverTime);
    const hits = jobs.filter((job) => job.runId === runId);
    if (hits.length > 0) return { hits, trustworthy: true };
    proven ||= jobs.some((job) => isBelow(job.runId, runId));
    isWhole = documents < limit || stamped?.isPast(jobs) === true;
    offset += documents;
  }
  if (proven) return { hits: [], trustworthy: false, proven };
  // A list that shows nothing at all may be broken.
  return { hits: [], trustworthy: isWhole && offset > 0 };
}
