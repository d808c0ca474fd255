import type { JobView } from '../../job/job-view.js';
import type { SyrupQuery } from './list-query.js';

const RUNNING = ['processing', 'terminating'];
/** Applications that Keboola neither counts nor limits (keboola/syrup `Service/StorageApi/Limits.php`). */
const UNLIMITED_APPS = ['orchestrator', 'syrup'];

/**
 * The jobs that count towards the project's limit of parallel jobs. Keboola enforces the limit, but admits any job
 * whose RunId has a prefix of its own and no running sibling (keboola/syrup `JobCommand::isParallelLimitExceeded`).
 * Each of our jobs has such a prefix, so we have to count ourselves.
 */
export function occupantsQuery(countMax: number): SyrupQuery {
  return { statuses: RUNNING, notOfApps: UNLIMITED_APPS, limit: countMax };
}

/** Repeats the filter, since an answer that ignores part of it must not make the project look full. */
export function isOccupant({ status, component }: JobView): boolean {
  return RUNNING.includes(status) && !UNLIMITED_APPS.includes(component);
}
