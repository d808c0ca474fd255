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
/** Nobody is served, and the other way to ask would fare no better. */
const SAME_FOR_ALL = [401, 429];

/** The lists that Queue v2 answers. */
export class JobLists {
  constructor(private readonly http: QueueHttp) {}

  /** From the index, which lags behind by seconds and at times by minutes. */
  async search(query: URLSearchParams): Promise<Rows> {
    return await this.rows('/search/jobs', query, toQueueJobRow);
  }

  /** From the index, page by page. */
  async searchAll<View extends JobView>(
    query: URLSearchParams,
    toRow: (document: unknown) => View,
    wanted?: Wanted<View>,
  ): Promise<Pages<View>> {
    return await readPages((page) => this.rows('/search/jobs', page, toRow), query, wanted);
  }

  /** As `search`, of which the documents are read elsewhere. */
  async searchDocuments(query: URLSearchParams): Promise<unknown[]> {
    return (await this.documents('/search/jobs', query)).documents;
  }

  /**
   * From the primary store, which shows a job at once; undefined where it is not served. Its parent filter is a prefix
   * (keboola/job-queue-api-php-client commits eef0958, c020151), so it may show the children of children.
   */
  async allStored<View extends JobView>(
    query: URLSearchParams,
    toRow: (document: unknown) => View,
    wanted?: Wanted<View>,
  ): Promise<Pages<View> | undefined> {
    const ask = (page: URLSearchParams): Promise<Rows<View>> => this.rows('/jobs', page, toRow);
    return await unlessRefused(() => readPages(ask, query, wanted));
  }

  /** From the primary store, one page; undefined where it is not served. */
  async stored(query: URLSearchParams): Promise<Rows | undefined> {
    return await unlessRefused(() => this.rows('/jobs', query, toQueueJobRow));
  }

  /** A page of the primary store, of which the documents are read elsewhere; undefined where it is not served. */
  async storedDocuments(query: URLSearchParams): Promise<unknown[] | undefined> {
    return await unlessRefused(async () => (await this.documents('/jobs', query)).documents);
  }

  /**
   * The children of many jobs in one answer, by the one route that documents the filter for several parents; undefined
   * where it is not obeyed, or is not served. It is not whole where one answer has no room for them all.
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

/** What is deprecated, or differs between stacks, is asked in addition, and its failure is not one of the question. */
async function unlessRefused<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KeboolaError && !SAME_FOR_ALL.includes(error.facts.status ?? 0)) return undefined;
    throw error;
  }
}
