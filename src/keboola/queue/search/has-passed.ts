import type { SearchRequest } from '../../../job/create/creation.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/** A POST may be at work on their side for 90 s after we gave it up, and two clocks may differ a little. */
const SURELY_LATER_MS = 5 * 60_000;

/** Whether the index has been seen to pass the time of a creation: it shows a job of the project that was surely made later. */
export async function hasPassed(lists: JobLists, { sentUntilMs }: SearchRequest): Promise<boolean> {
  if (sentUntilMs === undefined) return false;
  const { views } = await lists.search(searchQuery({ limit: 1 }));
  return views.some(({ createdTime = '' }) => Date.parse(createdTime) >= sentUntilMs + SURELY_LATER_MS);
}
