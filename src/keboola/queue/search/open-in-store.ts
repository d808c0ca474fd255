import type { JobView } from '../../../job/job-view.js';
import { isBelow } from '../../../job/run-id.js';
import { isFinalStatus, UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import { searchQuery } from './search-query.js';

/**
 * The unfinished jobs below these RunIds in the primary store, which also shows jobs that the index still lacks. Empty
 * if the store is not available: it is only asked in addition.
 */
export async function openInStore(lists: JobLists, runIds: readonly string[]): Promise<JobView[]> {
  const answers = await Promise.all(runIds.map((runId) => lists.allStored(openBelow(runId), toQueueJobRow)));
  const views = answers.flatMap((answer) => answer?.views ?? []);
  return views.filter((view) => !isFinalStatus(view.status) && runIds.some((above) => isBelow(view.runId, above)));
}

/** An ignored filter only makes the answer longer. */
function openBelow(runId: string): URLSearchParams {
  const query = searchQuery({ statuses: UNFINISHED_STATUSES });
  query.set('parentRunId', runId);
  return query;
}
