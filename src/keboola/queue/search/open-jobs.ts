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
 * The jobs of a configuration that have not ended, as the index shows them.
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
  const documents = await lists.searchDocuments(query);
  const branchId = wanted.branchId ?? (documents.length > 0 ? await mainBranch() : undefined);
  return readOpenJobs(documents, toQueueJobRow, wanted, (job) => isInBranch(job, branchId));
}

/** Where the number of the main branch cannot be had, the filter is believed. */
function isInBranch(job: Record<string, unknown>, branchId: string | undefined): boolean {
  const shown = id(job['branchId']);
  return branchId === undefined || shown === undefined || shown === branchId;
}
