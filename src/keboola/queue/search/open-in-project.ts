import type { JobView } from '../../../job/job-view.js';
import { isBelow, parentRunId } from '../../../job/run-id.js';
import { UNFINISHED_STATUSES } from '../../../job/wait/status.js';
import { toQueueJobRow } from '../job-document.js';
import type { JobLists } from './job-lists.js';
import type { Pages, Rows } from './pages.js';
import { searchQuery } from './search-query.js';

/**
 * The unfinished jobs below these RunIds, picked from all unfinished jobs of the project, which are few however many
 * have ended. Asks the index, or else the primary store, which may not be available.
 *
 * @param known jobs of the tree: a list without a filter for parents may leave out jobs that have one, so it counts
 *   only if it is seen to show one of these.
 * @returns undefined if no such list can be read completely.
 */
export async function openInProject(
  lists: JobLists,
  runIds: readonly string[],
  known: readonly JobView[],
): Promise<JobView[] | undefined> {
  const control = known.find(({ runId }) => parentRunId(runId) !== undefined)?.jobId;
  if (control === undefined) return undefined;
  const all =
    (await wholeList(
      (query) => lists.search(query),
      (query) => lists.searchAll(query, toQueueJobRow),
      control,
    )) ??
    (await wholeList(
      (query) => lists.stored(query),
      (query) => lists.allStored(query, toQueueJobRow),
      control,
    ));
  return all?.filter(({ runId }) => runIds.some((above) => isBelow(runId, above)));
}

async function wholeList(
  page: (query: URLSearchParams) => Promise<Rows | undefined>,
  pages: (query: URLSearchParams) => Promise<Pages | undefined>,
  control: string,
): Promise<JobView[] | undefined> {
  const query = searchQuery({ limit: 1 });
  query.append('id[]', control);
  if (!(await page(query))?.views.some(({ jobId }) => jobId === control)) return undefined;
  const open = await pages(searchQuery({ statuses: UNFINISHED_STATUSES }));
  return open?.isWhole ? open.views : undefined;
}
