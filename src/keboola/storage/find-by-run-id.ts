import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import type { FoundJobs } from '../jobs/job-api.js';
import { StampedSince, type Since } from '../../job/create/stamped-since.js';
import { SHRINK, unlessTooLarge } from '../jobs/too-large.js';

const PAGE = 500;
const REQUESTS_MAX = 20;

/** A page of the list as it was answered: one that is full is not the last, however many of its documents can be read. */
export interface StoragePage {
  jobs: JobView[];
  documents: number;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
}

/**
 * Looks through the list of jobs of Storage, the newest first: it knows no filter by run id, and the one by time goes by a clock
 * that may be wrong.
 *
 * @param since what is surely older is not looked at, where that is known.
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
  // A list that shows nothing at all may be ill.
  return { hits: [], trustworthy: isWhole && offset > 0 };
}
