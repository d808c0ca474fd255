import { z } from 'zod';
import type { JobView } from '../../job/job-view.js';
import { parentRunId } from '../../job/run-id.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import { JobDocuments, readableJobs } from '../jobs/job-documents.js';
import { toQueueJobRow } from './job-document.js';
import type { QueueHttp } from './queue-http.js';
import { childrenQuery, PAGE_MAX } from './search-query.js';

/** The rows of one answer, as far as they can be read, and how many there were. */
export interface Rows {
  views: JobView[];
  count: number;
}

const Groups = z.array(z.object({ jobs: JobDocuments.catch([]) })).max(PAGE_MAX);
/** A list that is deprecated may be gone one day. */
const GONE = [400, 404, 405, 410, 501];

/** The lists that Queue v2 answers. */
export class JobLists {
  constructor(private readonly http: QueueHttp) {}

  /** From the index, which lags behind by seconds and at times by minutes. */
  async search(query: URLSearchParams): Promise<Rows> {
    const url = this.http.url('/search/jobs', query);
    return rowsOf(await this.documents(url));
  }

  /** As `search`, of which the documents are read elsewhere. */
  async searchDocuments(query: URLSearchParams): Promise<unknown[]> {
    return await this.documents(this.http.url('/search/jobs', query));
  }

  /**
   * From the primary store, which shows a job at once; undefined where it is not served. Its parent filter is a prefix
   * (keboola/job-queue-api-php-client commits eef0958, c020151), so it may show the children of children.
   */
  async fromPrimaryStore(query: URLSearchParams): Promise<Rows | undefined> {
    return await unlessGone(async () => rowsOf(await this.documents(this.http.url('/jobs', query))));
  }

  /**
   * The children of many jobs in one answer, by the one route that documents the filter for several parents; undefined
   * where it is not obeyed, or has no room for them all.
   */
  async childrenOfAll(parents: readonly string[]): Promise<JobView[] | undefined> {
    const query = new URLSearchParams({ 'groupBy[]': 'projectId', jobsPerGroup: String(PAGE_MAX), limit: '1' });
    for (const parent of parents) query.append('parentRunId[]', parent);
    const url = this.http.url('/search/grouped-jobs', query);
    return await unlessGone(async () => {
      const { json } = await this.http.get(url, { priority: 'search' });
      const { views, count } = rowsOf(decode(Groups, json, 'GET', url).flatMap(({ jobs }) => jobs));
      const isObeyed = views.every(({ runId }) => parents.includes(parentRunId(runId) ?? ''));
      return isObeyed && count < PAGE_MAX ? views : undefined;
    });
  }

  /** The children of one job, page by page. */
  async childrenOf(parent: string, max: number): Promise<{ views: JobView[]; isWhole: boolean }> {
    const views: JobView[] = [];
    for (let offset = 0; offset < max; offset += PAGE_MAX) {
      const page = await this.search(childrenQuery(parent, PAGE_MAX, offset));
      views.push(...page.views.filter(({ runId }) => parentRunId(runId) === parent));
      if (page.count < PAGE_MAX) return { views, isWhole: true };
    }
    return { views, isWhole: false };
  }

  private async documents(url: URL): Promise<unknown[]> {
    const { json } = await this.http.get(url, { priority: 'search' });
    return decode(JobDocuments, json, 'GET', url);
  }
}

function rowsOf(documents: readonly unknown[]): Rows {
  return { views: readableJobs(documents, toQueueJobRow), count: documents.length };
}

async function unlessGone<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KeboolaError && GONE.includes(error.facts.status ?? 0)) return undefined;
    throw error;
  }
}
