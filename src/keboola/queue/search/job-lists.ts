import { z } from 'zod';
import type { JobView } from '../../../job/job-view.js';
import { parentRunId } from '../../../job/run-id.js';
import { decode } from '../../http/decode.js';
import { KeboolaError } from '../../http/keboola-error.js';
import { JobDocuments, readableJobs } from '../../jobs/job-documents.js';
import { unlessTooLarge } from '../../jobs/too-large.js';
import { toQueueJobRow } from '../job-document.js';
import { readPages, type Pages, type Rows, type Wanted } from './pages.js';
import type { QueueHttp } from '../queue-http.js';
import { childrenQuery, PAGE_MAX } from './search-query.js';

const Groups = z.array(z.object({ jobs: JobDocuments.catch([]) })).max(PAGE_MAX);
/** Statuses that any other route would answer as well. */
const SAME_FOR_ALL = [401, 429];

/** The lists of Queue v2. */
export class JobLists {
  constructor(private readonly http: QueueHttp) {}

  /** Searches the index, which lags by seconds and at times by minutes. */
  async search(query: URLSearchParams): Promise<Rows> {
    return await this.rows('/search/jobs', query, toQueueJobRow);
  }

  /** Searches the index, page by page. */
  async searchAll<View extends JobView>(
    query: URLSearchParams,
    toRow: (document: unknown) => View,
    wanted?: Wanted<View>,
  ): Promise<Pages<View>> {
    return await readPages((page) => this.rows('/search/jobs', page, toRow), query, wanted);
  }

  /** Like `search`, but returns the documents unparsed. */
  async searchDocuments(query: URLSearchParams): Promise<unknown[]> {
    return (await this.documents('/search/jobs', query)).documents;
  }

  /**
   * Reads the primary store, which shows a job at once; undefined if it is not available. Its parent filter matches
   * prefixes (keboola/job-queue-api-php-client commits eef0958, c020151), so it may show grandchildren.
   */
  async allStored<View extends JobView>(
    query: URLSearchParams,
    toRow: (document: unknown) => View,
    wanted?: Wanted<View>,
  ): Promise<Pages<View> | undefined> {
    const ask = (page: URLSearchParams): Promise<Rows<View>> => this.rows('/jobs', page, toRow);
    return await unlessRefused(() => readPages(ask, query, wanted));
  }

  /** Reads one page of the primary store; undefined if it is not available. */
  async stored(query: URLSearchParams): Promise<Rows | undefined> {
    return await unlessRefused(() => this.rows('/jobs', query, toQueueJobRow));
  }

  /** Like `stored`, but returns the documents unparsed. */
  async storedDocuments(query: URLSearchParams): Promise<unknown[] | undefined> {
    return await unlessRefused(async () => (await this.documents('/jobs', query)).documents);
  }

  /**
   * The children of many jobs in one answer, by the only route that documents a filter for several parents. Undefined
   * if the route ignores it or is not available; `isWhole` is false if one answer has no room for all children.
   */
  async childrenOfAll(parents: readonly string[]): Promise<Pages | undefined> {
    const query = new URLSearchParams({ 'groupBy[]': 'projectId', jobsPerGroup: String(PAGE_MAX), limit: '1' });
    for (const parent of parents) query.append('parentRunId[]', parent);
    const url = this.http.url('/search/grouped-jobs', query);
    return await unlessRefused(async () => {
      const answer = await unlessTooLarge(() => this.http.get(url, { priority: 'search' }), PAGE_MAX);
      if (answer === undefined) return { views: [], isWhole: false };
      const { views, count } = rowsOf(
        decode(Groups, answer.json, 'GET', url).flatMap(({ jobs }) => jobs),
        toQueueJobRow,
      );
      const isObeyed = views.every(({ runId }) => parents.includes(parentRunId(runId) ?? ''));
      return isObeyed ? { views, isWhole: count < PAGE_MAX } : undefined;
    });
  }

  /** The children of one job. */
  async childrenOf(parent: string, max: number): Promise<Pages> {
    const isEnough = (seen: readonly JobView[]): boolean => seen.length >= max;
    const { views, isWhole } = await this.searchAll(childrenQuery(parent), toQueueJobRow, { isEnough });
    return { views: views.filter(({ runId }) => parentRunId(runId) === parent), isWhole };
  }

  private async rows<View extends JobView>(
    path: string,
    query: URLSearchParams,
    toRow: (document: unknown) => View,
  ): Promise<Rows<View>> {
    const { documents, serverTime } = await this.documents(path, query);
    return { ...rowsOf(documents, toRow), ...(serverTime && { serverTime }) };
  }

  private async documents(
    path: string,
    query: URLSearchParams,
  ): Promise<{ documents: unknown[]; serverTime?: string }> {
    const url = this.http.url(path, query);
    const { json, serverTime } = await this.http.get(url, { priority: 'search' });
    return { documents: decode(JobDocuments, json, 'GET', url), ...(serverTime && { serverTime }) };
  }
}

function rowsOf<View extends JobView>(documents: readonly unknown[], toRow: (document: unknown) => View): Rows<View> {
  return { views: readableJobs(documents, toRow), count: documents.length };
}

/** Routes that are deprecated, or differ between stacks, are asked in addition; their failure is no failure of ours. */
async function unlessRefused<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KeboolaError && !SAME_FOR_ALL.includes(error.facts.status ?? 0)) return undefined;
    throw error;
  }
}
