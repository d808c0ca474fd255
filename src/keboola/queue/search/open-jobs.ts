import { id } from '../../../job/text/document-fields.js';
import { UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import type { ConfigInBranch, OpenJob } from '../../jobs/job-api.js';
import { OPEN_JOBS_MAX, readOpenJobs } from '../../jobs/open-jobs.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/** By this the filter names the main branch, of which every job shows the number (`keboola-queue-api-openapi.yml` 1.3.8). */
const MAIN_BRANCH = 'null';

/**
 * The jobs of a configuration that have not ended, by two witnesses: the index, which lags, and the primary store, which
 * shows at once what was just started and may not be served. Of the store one page is enough, even where it does not obey
 * a filter: the newest jobs come first.
 *
 * @param mainBranch tells the number of the main branch, or undefined where it cannot be had.
 */
export async function openJobsOf(
  lists: JobLists,
  wanted: ConfigInBranch,
  mainBranch: () => Promise<string | undefined>,
): Promise<OpenJob[]> {
  const query = searchQuery({ ofConfig: wanted, statuses: UNFINISHED_STATUSES, limit: OPEN_JOBS_MAX });
  query.append('branchId[]', wanted.branchId ?? MAIN_BRANCH);
  const [indexed, stored = []] = await Promise.all([lists.searchDocuments(query), lists.storedDocuments(query)]);
  const documents = [...indexed, ...stored];
  const branchId = wanted.branchId ?? (documents.length > 0 ? await mainBranch() : undefined);
  const jobs = readOpenJobs(documents, toQueueJobRow, wanted, (job) => isInBranch(job, branchId));
  // Of two rows of one job that of the store, which is the newer one, stays.
  return [...new Map(jobs.map((job) => [job.view.jobId, job])).values()];
}

/** Where the number of the main branch cannot be had, the filter is believed. */
function isInBranch(job: Record<string, unknown>, branchId: string | undefined): boolean {
  const shown = id(job['branchId']);
  return branchId === undefined || shown === undefined || shown === branchId;
}
