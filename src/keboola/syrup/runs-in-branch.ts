import { id, record } from '../../job/text/document-fields.js';
import type { ConfigInBranch } from '../jobs/job-api.js';

/** A job of a development branch names it among its parameters (keboola/docker-bundle `mapping.json`), all others name none. */
export function runsInBranch(job: Record<string, unknown>, { branchId }: ConfigInBranch): boolean {
  return branchOf(job) === branchId;
}

export function branchOf(job: Record<string, unknown>): string | undefined {
  return id(record(job['params'])?.['branchId']);
}
