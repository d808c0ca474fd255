import { FINAL_STATUSES } from '../../../job/wait/status.js';
import type { JobQuery } from '../../jobs/job-api.js';

/** `GET /search/jobs` takes no more (keboola/job-queue-internal-api-php-client). */
export const PAGE_MAX = 500;
/** What it gives when nobody asks for more, so that every stack surely has room for as many documents. */
export const PAGE = 100;

/** What only this dialect asks for, besides what everybody may. */
interface QueueQuery extends Omit<JobQuery, 'limit'> {
  statuses?: readonly string[];
  limit?: number;
}

/**
 * A list of jobs in the words of `GET /search/jobs`, the newest first; of those that have ended since a moment the latest ends
 * first, or the jobs that have run for the longest time would be cut off. Unknown filters are ignored there without a word, so
 * whoever asks compares each row himself.
 *
 * Ids are tickets of Storage: a later one is larger.
 */
export function searchQuery({
  ofConfig,
  finishedSince,
  statuses,
  limit = PAGE,
  offset = 0,
}: QueueQuery): URLSearchParams {
  const query = new URLSearchParams({
    sortBy: finishedSince === undefined ? 'id' : 'endTime',
    sortOrder: 'desc',
    limit: String(Math.min(limit, PAGE_MAX)),
    offset: String(offset),
  });
  if (ofConfig) filterByConfig(query, ofConfig);
  if (finishedSince !== undefined) query.set('endTimeFrom', finishedSince);
  for (const status of statuses ?? (finishedSince === undefined ? [] : FINAL_STATUSES))
    query.append('status[]', status);
  return query;
}

/**
 * By the names that both lists know: the search has two for each, the list of the primary store these alone
 * (`keboola-queue-api-openapi.yml` 1.3.8).
 */
export function filterByConfig(
  query: URLSearchParams,
  { component, config }: { component?: string | undefined; config?: string | undefined },
): void {
  if (component !== undefined) query.append('component[]', component);
  if (config !== undefined) query.append('config[]', config);
}

/** The jobs directly below a run id. */
export function childrenQuery(parentRunId: string): URLSearchParams {
  const query = searchQuery({});
  query.set('parentRunId', parentRunId);
  return query;
}
