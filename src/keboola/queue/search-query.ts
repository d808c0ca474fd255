import { FINAL_STATUSES } from '../../job/wait/status.js';
import type { JobQuery } from '../jobs/job-api.js';

/** `GET /search/jobs` takes no more (keboola/job-queue-internal-api-php-client). */
export const PAGE_MAX = 500;

/** What only this dialect asks for, besides what everybody may. */
interface QueueQuery extends JobQuery {
  statuses?: readonly string[];
}

/**
 * A list of jobs in the words of `GET /search/jobs`, the newest first. Unknown filters are ignored there without a word, so
 * whoever asks compares each row himself.
 *
 * Ids are tickets of Storage: a later one is larger.
 */
export function searchQuery({ ofConfig, finishedSince, statuses, limit, offset = 0 }: QueueQuery): URLSearchParams {
  const query = new URLSearchParams({
    sortBy: 'id',
    sortOrder: 'desc',
    limit: String(Math.min(limit, PAGE_MAX)),
    offset: String(offset),
  });
  if (ofConfig) {
    query.append('componentId[]', ofConfig.component);
    query.append('configId[]', ofConfig.config);
  }
  if (finishedSince !== undefined) query.set('endTimeFrom', finishedSince);
  for (const status of statuses ?? (finishedSince === undefined ? [] : FINAL_STATUSES))
    query.append('status[]', status);
  return query;
}

/** The jobs directly below a run id. */
export function childrenQuery(parentRunId: string, limit: number, offset = 0): URLSearchParams {
  const query = searchQuery({ limit, offset });
  query.set('parentRunId', parentRunId);
  return query;
}
