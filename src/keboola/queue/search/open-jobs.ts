import { id } from '../../../job/text/document-fields.js';
import { UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import type { ConfigInBranch, OpenJob } from '../../jobs/job-api.js';
import { OPEN_JOBS_MAX, readOpenJobs } from '../../jobs/open-jobs.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/** By this the filter names the main branch, of which every job shows the number (`keboola-queue-api-openapi.yml` 1.3.8). */
const MAIN_BRANCH = 'null';

/** The jobs of a configuration that have not ended, as the index shows them. */
export async function openJobsOf(lists: JobLists, wanted: ConfigInBranch): Promise<OpenJob[]> {
  const query = searchQuery({ ofConfig: wanted, statuses: UNFINISHED_STATUSES, limit: OPEN_JOBS_MAX });
  query.append('branchId[]', wanted.branchId ?? MAIN_BRANCH);
  return readOpenJobs(await lists.searchDocuments(query), toQueueJobRow, wanted, (job) => isInBranch(job, wanted));
}

/** The number of the main branch is not known here, so there the filter is believed. */
function isInBranch(job: Record<string, unknown>, { branchId }: ConfigInBranch): boolean {
  const shown = id(job['branchId']);
  return branchId === undefined || shown === undefined || shown === branchId;
}
