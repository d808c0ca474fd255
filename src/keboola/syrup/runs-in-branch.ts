import { id, record } from '../../job/text/document-fields.js';
import type { ConfigInBranch } from '../jobs/job-api.js';

/** Jobs of a development branch name it in their parameters (keboola/docker-bundle `mapping.json`), others do not. */
export function runsInBranch(job: Record<string, unknown>, { branchId }: ConfigInBranch): boolean {
  return branchOf(job) === branchId;
}

export function branchOf(job: Record<string, unknown>): string | undefined {
  return id(record(job['params'])?.['branchId']);
}
