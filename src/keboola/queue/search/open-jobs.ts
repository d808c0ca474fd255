import { id } from '../../../job/text/document-fields.js';
import { UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import type { ConfigInBranch, OpenJob } from '../../jobs/job-api.js';
import { believed, distinct, OPEN_JOBS_MAX, readAllOpen, readOpenJobs } from '../../jobs/open-jobs.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/** The filter's name for the main branch, whose id every job shows (`keboola-queue-api-openapi.yml` 1.3.8). */
const MAIN_BRANCH = 'null';
const LIST = '/search/jobs';

/**
 * The unfinished jobs of a configuration from two places: the index, which lags, and the primary store, which shows new
 * jobs at once but may not be available. The store only adds what the index still lacks, so one page is enough even if
 * it ignores a filter: the newest jobs come first.
 *
 * @param mainBranch returns the id of the main branch, or undefined if it is unknown.
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
  // The store's row of a job is the newer one.
  return believed({ jobs: distinct([...jobs, ...read(stored)]), isWhole }, LIST);
}

function pageOf(wanted: ConfigInBranch, offset: number): URLSearchParams {
  const query = searchQuery({ ofConfig: wanted, statuses: UNFINISHED_STATUSES, limit: OPEN_JOBS_MAX, offset });
  query.append('branchId[]', wanted.branchId ?? MAIN_BRANCH);
  return query;
}

/** If the id of the main branch is unknown, we rely on the filter. */
function isInBranch(job: Record<string, unknown>, branchId: string | undefined): boolean {
  const shown = id(job['branchId']);
  return branchId === undefined || shown === undefined || shown === branchId;
}
