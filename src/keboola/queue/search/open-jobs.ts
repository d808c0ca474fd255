import { id } from '../../../job/text/document-fields.js';
import { UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import type { ConfigInBranch, OpenJob } from '../../jobs/job-api.js';
import { believed, distinct, OPEN_JOBS_MAX, readAllOpen, readOpenJobs } from '../../jobs/open-jobs.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/** By this the filter names the main branch, of which every job shows the number (`keboola-queue-api-openapi.yml` 1.3.8). */
const MAIN_BRANCH = 'null';
const LIST = '/search/jobs';

/**
 * The jobs of a configuration that have not ended, by two witnesses: the index, which lags, and the primary store, which
 * shows at once what was just started and may not be served. Of the store, which only shows what the index is late with, one page is
 * enough, even where it does not obey a filter: the newest jobs come first.
 *
 * @param mainBranch tells the number of the main branch, or undefined where it cannot be had.
 */
export async function openJobsOf(
  lists: JobLists,
  wanted: ConfigInBranch,
  mainBranch: () => Promise<string | undefined>,
): Promise<OpenJob[]> {
  const first = pageOf(wanted, 0);
  const [indexed, stored = []] = await Promise.all([lists.searchDocuments(first), lists.storedDocuments(first)]);
  const isAny = indexed.length + stored.length > 0;
  const branchId = wanted.branchId ?? (isAny ? await mainBranch() : undefined);
  const read = (documents: readonly unknown[]): OpenJob[] =>
    readOpenJobs(documents, toQueueJobRow, wanted, (job) => isInBranch(job, branchId));
  const ask = async (offset: number): Promise<unknown[]> =>
    offset === 0 ? indexed : await lists.searchDocuments(pageOf(wanted, offset));
  const { jobs, isWhole } = await readAllOpen(ask, read);
  // The row of the store is the newer one.
  return believed({ jobs: distinct([...jobs, ...read(stored)]), isWhole }, LIST);
}

function pageOf(wanted: ConfigInBranch, offset: number): URLSearchParams {
  const query = searchQuery({ ofConfig: wanted, statuses: UNFINISHED_STATUSES, limit: OPEN_JOBS_MAX, offset });
  query.append('branchId[]', wanted.branchId ?? MAIN_BRANCH);
  return query;
}

/** Where the number of the main branch cannot be had, the filter is believed. */
function isInBranch(job: Record<string, unknown>, branchId: string | undefined): boolean {
  const shown = id(job['branchId']);
  return branchId === undefined || shown === undefined || shown === branchId;
}
