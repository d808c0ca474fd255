import type { JobRow } from '../../client/list-jobs.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { drawnListing, listing } from './listing.js';
import { paintStatus } from './output.js';
import { shortId } from './short-id.js';
import { agoText } from './time-text.js';

/** Printed below a list that does not show all jobs. */
export const MORE_JOBS = 'There are more: `--limit 100` shows more of them, `--page` lists all of them page by page.';

const HEAD = ['status', 'workflow', 'started'];

/** Jobs or pipelines for people, one per row. @param width see `listing`. */
export function jobTable(jobs: readonly JobRow[], width: number | undefined): string {
  const [head, ...rows] = table(jobs);
  return listing(head, rows, width);
}

/** The same, for redrawing in place: no line is wider than the terminal. */
export function drawnJobTable(jobs: readonly JobRow[], width: number | undefined): string {
  const [head, ...rows] = table(jobs);
  return drawnListing(head, rows, width);
}

/** A pipeline has no job of its own. */
function table(rows: readonly JobRow[]): [string[], ...string[][]] {
  const cells = rows.map((row) => [statusText(row), shortId(row.workflowId), agoText(row.startTime)]);
  if (rows.every(isPipeline)) return [HEAD, ...cells];
  return [['job', ...HEAD], ...rows.map(({ jobId = '' }, index) => [jobId, ...(cells[index] ?? [])])];
}

/** Whether a row is a pipeline and not a job. */
export function isPipeline({ workflowType }: JobRow): boolean {
  return workflowType === 'runPipeline';
}

/** Workflows that have more to do after their job has ended, or that cannot stop it. */
const OF_STORAGE = ['runStorageJob', 'importTable', 'exportTable'];

/**
 * Keboola's status. Temporal's if there is none, or if the workflow ended differently from the job's last known status.
 */
export function statusText(row: JobRow): string {
  const workflow = row.workflowStatus.toLowerCase().replaceAll('_', ' ');
  return row.jobStatus === undefined || endsOtherwise(row, row.jobStatus) ? workflow : paintStatus(row.jobStatus);
}

function endsOtherwise({ workflowStatus, workflowType }: JobRow, jobStatus: string): boolean {
  if (['RUNNING', 'COMPLETED'].includes(workflowStatus)) return false;
  if (!isFinalStatus(jobStatus)) return true;
  return jobStatus === 'success' && OF_STORAGE.includes(workflowType);
}
