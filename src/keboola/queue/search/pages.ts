import type { JobView } from '../../../job/job-view.js';
import { KeboolaError } from '../../http/keboola-error.js';
import { PAGE } from './search-query.js';

const REQUESTS_MAX = 25;
/** A job shows all that it was given to run, which may be a megabyte: of such documents fewer fit into an answer. */
const SHRINK = 5;

/** The rows of one answer, as far as they can be read, and how many there were. */
export interface Rows<View extends JobView = JobView> {
  views: View[];
  count: number;
}

/** What was read of a list; `isWhole` false where there may be more. */
export interface Pages<View extends JobView = JobView> {
  views: View[];
  isWhole: boolean;
}

/**
 * Reads a list page by page, until it ends, or `isEnough` says so. Jobs are listed from the newest to the oldest, so that one
 * which is created meanwhile shifts the pages, and a row comes twice rather than never.
 */
export async function readPages<View extends JobView>(
  ask: (query: URLSearchParams) => Promise<Rows<View>>,
  query: URLSearchParams,
  isEnough: (views: readonly View[]) => boolean,
): Promise<Pages<View>> {
  const views = new Map<string, View>();
  let limit = PAGE;
  let offset = 0;
  for (let request = 0; request < REQUESTS_MAX; request++) {
    const page = await unlessTooLarge(() => ask(withPage(query, limit, offset)), limit > 1);
    if (page === undefined) {
      limit = Math.ceil(limit / SHRINK);
      continue;
    }
    for (const view of page.views) views.set(view.jobId, view);
    if (page.count < limit) return { views: [...views.values()], isWhole: true };
    if (isEnough([...views.values()])) break;
    offset += limit;
  }
  return { views: [...views.values()], isWhole: false };
}

function withPage(query: URLSearchParams, limit: number, offset: number): URLSearchParams {
  const page = new URLSearchParams(query);
  page.set('limit', String(limit));
  page.set('offset', String(offset));
  return page;
}

async function unlessTooLarge<Answer>(ask: () => Promise<Answer>, canShrink: boolean): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (canShrink && error instanceof KeboolaError && error.facts.tooLarge) return undefined;
    throw error;
  }
}
