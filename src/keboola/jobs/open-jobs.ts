import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { compact, name, record } from '../../job/text/document-fields.js';
import { mayBeOver } from '../../job/wait/status.js';
import { KeboolaError } from '../http/keboola-error.js';
import { overlapping } from './overlapping.js';
import { readableJobs } from './job-documents.js';
import type { ConfigInBranch, OpenJob } from './job-api.js';

/** More of them wait for the same lock only where something is very wrong. */
export const OPEN_JOBS_MAX = 100;

/** From the beginning of a page to that of the next: whatever ends in between leaves the list, and what is behind it moves up. */
const STEP = overlapping(OPEN_JOBS_MAX);

/** So many neighbours are passed over before it cannot be told what is behind them. */
const PAGES_MAX = 12;
const READ_MAX = (PAGES_MAX - 1) * STEP + OPEN_JOBS_MAX;

interface OpenJobs {
  jobs: OpenJob[];
  /** There is nothing behind what was read. */
  isWhole: boolean;
}

/**
 * All jobs of a configuration that have not ended, page by page: one that is full of others says nothing of what follows it.
 *
 * @param ask for the documents of a page of {@link OPEN_JOBS_MAX}, from an offset on.
 * @param read what {@link readOpenJobs} makes of them.
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

/** None is an answer only where all was read. @throws KeboolaError of kind `unavailable`. */
export function believed({ jobs, isWhole }: OpenJobs, list: string): OpenJob[] {
  if (isWhole || jobs.length > 0) return jobs;
  const reason = `${READ_MAX} unfinished jobs of others hide whether one of the configuration runs`;
  throw new KeboolaError({ kind: 'unavailable', method: 'GET', path: list, reason });
}

/** Of two rows of one job the later one stays. */
export function distinct(jobs: readonly OpenJob[]): OpenJob[] {
  return [...new Map(jobs.map((job) => [job.view.jobId, job])).values()];
}

/**
 * The jobs of a configuration that have not ended, out of a list that was asked for them: lists pass over a part of a
 * question without a word, and may answer neighbours.
 *
 * @param isInBranch where each dialect shows the branch is its own affair.
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
    // One whose id is none could not be read.
    if (!view || !JOB_ID.test(view.jobId) || mayBeOver(view)) return [];
    if (view.component !== component || view.config !== config || !isInBranch(job)) return [];
    return [compact({ view, startedBy: name(record(job['token'])?.['description']) })];
  });
}
