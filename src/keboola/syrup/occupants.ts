import type { JobView } from '../../job/job-view.js';
import type { SyrupQuery } from './list-query.js';

const RUNNING = ['processing', 'terminating'];
/** Keboola neither counts nor stops them (keboola/syrup `Service/StorageApi/Limits.php`). */
const UNLIMITED_APPS = ['orchestrator', 'syrup'];

/**
 * The jobs that count against the project's limit of parallel ones. Keboola keeps that limit, but admits any job whose
 * run id has a prefix of its own and no running sibling (keboola/syrup `JobCommand::isParallelLimitExceeded`), and each of
 * our jobs has such a prefix: so it is for us to count.
 */
export function occupantsQuery(countMax: number): SyrupQuery {
  return { statuses: RUNNING, notOfApps: UNLIMITED_APPS, limit: countMax };
}

/** As was asked for; an answer that passes over a part of the question must not fill the project. */
export function isOccupant({ status, component }: JobView): boolean {
  return RUNNING.includes(status) && !UNLIMITED_APPS.includes(component);
}
