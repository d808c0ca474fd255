import type { JobView } from '../../../job/job-view.js';
import { isFinalStatus } from '../../../job/wait/status.js';
import { overlapping } from '../../jobs/overlapping.js';
import { SHRINK, unlessTooLarge } from '../../jobs/too-large.js';
import { PAGE } from './search-query.js';

const REQUESTS_MAX = 25;

/** The rows of one answer that can be parsed, and how many rows there were in all. */
export interface Rows<View extends JobView = JobView> {
  views: View[];
  count: number;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
}

/** What was read of a list; `isWhole` is false if there may be more. */
export interface Pages<View extends JobView = JobView> {
  views: View[];
  isWhole: boolean;
}

/** When to stop reading a list. */
export interface Wanted<View extends JobView> {
  /** Whether the rows read so far are enough. */
  isEnough?: (views: readonly View[]) => boolean;
  /** Whether no row after this page can matter, so the relevant part of the list has been read completely. */
  isPast?: (page: Rows<View>) => boolean;
}

/**
 * Reads a list page by page, until it ends or enough was read. Jobs are listed from newest to oldest, so a job that is
 * created meanwhile shifts the pages, and a row may come twice, but is never missed. A list of unfinished jobs also
 * loses those that end meanwhile, so its pages overlap.
 */
export async function readPages<View extends JobView>(
  ask: (query: URLSearchParams) => Promise<Rows<View>>,
  query: URLSearchParams,
  { isEnough, isPast }: Wanted<View> = {},
): Promise<Pages<View>> {
  const views = new Map<string, View>();
  const losesRows = query.getAll('status[]').some((status) => !isFinalStatus(status));
  let limit = PAGE;
  let offset = 0;
  for (let request = 0; request < REQUESTS_MAX; request++) {
    const page = await unlessTooLarge(() => ask(withPage(query, limit, offset)), limit);
    if (page === undefined) {
      limit = Math.ceil(limit / SHRINK);
      continue;
    }
    for (const view of page.views) views.set(view.jobId, view);
    const past = isPast?.(page) === true;
    if (past || page.count < limit) return { views: [...views.values()], isWhole: true };
    if (isEnough?.([...views.values()])) break;
    offset += losesRows ? overlapping(limit) : limit;
  }
  return { views: [...views.values()], isWhole: false };
}

function withPage(query: URLSearchParams, limit: number, offset: number): URLSearchParams {
  const page = new URLSearchParams(query);
  page.set('limit', String(limit));
  page.set('offset', String(offset));
  return page;
}
