import { compareJobIds, JOB_ID } from '../../../job/job-id.js';
import type { SearchRequest } from '../../../job/create/creation.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/**
 * Whether the index has been seen to pass the time of a creation: it shows a job of the project with a higher id than
 * one that was drawn when the creation could no longer be at work.
 */
export async function hasPassed(lists: JobLists, { laterId }: SearchRequest): Promise<boolean> {
  if (laterId === undefined) return false;
  const { views } = await lists.search(searchQuery({ limit: 1 }));
  return views.some(({ jobId }) => JOB_ID.test(jobId) && compareJobIds(jobId, laterId) > 0);
}
