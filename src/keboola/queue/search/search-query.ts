import { FINAL_STATUSES } from '../../../job/wait/status.js';
import type { JobQuery } from '../../jobs/job-api.js';

/** The largest page that `GET /search/jobs` accepts (keboola/job-queue-internal-api-php-client). */
export const PAGE_MAX = 500;
/** Its default page size, so every stack surely has room for as many documents. */
export const PAGE = 100;

/** A `JobQuery` with what only this dialect can ask for. */
interface QueueQuery extends Omit<JobQuery, 'limit'> {
  statuses?: readonly string[];
  limit?: number;
}

/**
 * The parameters of `GET /search/jobs`. The newest jobs come first; for jobs that ended since a moment, the latest ends
 * come first, or the longest-running jobs would be cut off. Keboola silently ignores unknown filters, so callers must
 * compare each row.
 *
 * Ids are tickets of Storage, so later ones are larger.
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
 * Filters by the names that both lists know: the search has two names for each filter, the primary store only these
 * (`keboola-queue-api-openapi.yml` 1.3.8).
 */
export function filterByConfig(
  query: URLSearchParams,
  { component, config }: { component?: string | undefined; config?: string | undefined },
): void {
  if (component !== undefined) query.append('component[]', component);
  if (config !== undefined) query.append('config[]', config);
}

/** Asks for the jobs directly below a RunId. */
export function childrenQuery(parentRunId: string): URLSearchParams {
  const query = searchQuery({});
  query.set('parentRunId', parentRunId);
  return query;
}
