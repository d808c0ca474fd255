import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { compact, name, record } from '../../job/text/document-fields.js';
import { mayBeOver } from '../../job/wait/status.js';
import { KeboolaError } from '../http/keboola-error.js';
import { overlapping } from './overlapping.js';
import { readableJobs } from './job-documents.js';
import type { ConfigInBranch, OpenJob } from './job-api.js';

/** If more jobs than this wait for the same lock, something is very wrong. */
export const OPEN_JOBS_MAX = 100;

/** The offset from one page to the next. Pages overlap, since jobs that end leave the list and the others move up. */
const STEP = overlapping(OPEN_JOBS_MAX);

/** After this many pages full of other configurations' jobs, we cannot tell what comes behind them. */
const PAGES_MAX = 12;
const READ_MAX = (PAGES_MAX - 1) * STEP + OPEN_JOBS_MAX;

interface OpenJobs {
  jobs: OpenJob[];
  /** The list was read to its end. */
  isWhole: boolean;
}

/**
 * All unfinished jobs of a configuration, page by page: a page full of others says nothing about the following ones.
 *
 * @param ask returns the documents of a page of {@link OPEN_JOBS_MAX}, starting at an offset.
 * @param read parses them by {@link readOpenJobs}.
 */
export async function readAllOpen(
  ask: (offset: number) => Promise<unknown[]>,
  read: (documents: readonly unknown[]) => OpenJob[],
): Promise<OpenJobs> {
  const jobs: OpenJob[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const documents = await ask(page * STEP);
    jobs.push(...read(documents));
    if (documents.length < OPEN_JOBS_MAX) return { jobs: distinct(jobs), isWhole: true };
  }
  return { jobs: distinct(jobs), isWhole: false };
}

/** "No jobs" counts only if the list was read to its end. @throws KeboolaError of kind `unavailable` if not. */
export function believed({ jobs, isWhole }: OpenJobs, list: string): OpenJob[] {
  if (isWhole || jobs.length > 0) return jobs;
  const reason = `${READ_MAX} unfinished jobs of other configurations were listed; cannot tell whether one of this configuration runs`;
  throw new KeboolaError({ kind: 'unavailable', method: 'GET', path: list, reason });
}

/** Removes duplicates; of two rows of one job, the later one stays. */
export function distinct(jobs: readonly OpenJob[]): OpenJob[] {
  return [...new Map(jobs.map((job) => [job.view.jobId, job])).values()];
}

/**
 * Picks the unfinished jobs of a configuration out of a list that was filtered for them: lists silently ignore filters
 * and may contain other jobs.
 *
 * @param isInBranch each dialect shows the branch in its own way.
 */
export function readOpenJobs(
  documents: readonly unknown[],
  toView: (document: unknown) => JobView,
  { component, config }: ConfigInBranch,
  isInBranch: (job: Record<string, unknown>) => boolean,
): OpenJob[] {
  return documents.flatMap((document): OpenJob[] => {
    const [view] = readableJobs([document], toView);
    const job = record(document) ?? {};
    // A job without a valid id could not be read later.
    if (!view || !JOB_ID.test(view.jobId) || mayBeOver(view)) return [];
    if (view.component !== component || view.config !== config || !isInBranch(job)) return [];
    return [compact({ view, startedBy: name(record(job['token'])?.['description']) })];
  });
}
