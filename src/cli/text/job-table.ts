import type { JobRow } from '../../client/list-jobs.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { drawnListing, listing } from './listing.js';
import { paintStatus } from './output.js';
import { shortId } from './short-id.js';
import { agoText } from './time-text.js';

/** Behind a list that ends before the jobs do. */
export const MORE_JOBS = 'There are more: `--limit 100` shows more of them, `--page` goes through them page by page.';

const HEAD = ['job', 'status', 'workflow', 'started'];

/** Jobs for people, one in a row. @param width see `listing`. */
export function jobTable(jobs: readonly JobRow[], width: number | undefined): string {
  return listing(HEAD, jobs.map(cells), width);
}

/** The same, to be drawn over: no line is wider than the terminal. */
export function drawnJobTable(jobs: readonly JobRow[], width: number | undefined): string {
  return drawnListing(HEAD, jobs.map(cells), width);
}

function cells(row: JobRow): string[] {
  return [row.jobId ?? '', statusText(row), shortId(row.workflowId), agoText(row.startTime)];
}

/** Workflows that have more to do once their job has ended, or cannot stop it. */
const OF_STORAGE = ['runStorageJob', 'importTable', 'exportTable'];

/** Keboola's word; Temporal's where there is none, or where the workflow has ended otherwise than the job that was seen last. */
export function statusText(row: JobRow): string {
  const workflow = row.workflowStatus.toLowerCase().replaceAll('_', ' ');
  return row.jobStatus === undefined || endsOtherwise(row, row.jobStatus) ? workflow : paintStatus(row.jobStatus);
}

function endsOtherwise({ workflowStatus, workflowType }: JobRow, jobStatus: string): boolean {
  if (['RUNNING', 'COMPLETED'].includes(workflowStatus)) return false;
  if (!isFinalStatus(jobStatus)) return true;
  return jobStatus === 'success' && OF_STORAGE.includes(workflowType);
}
