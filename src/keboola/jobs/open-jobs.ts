import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { compact, name, record } from '../../job/text/document-fields.js';
import { isOver } from '../../job/tree/descendants.js';
import { readableJobs } from './job-documents.js';
import type { ConfigInBranch, OpenJob } from './job-api.js';

/** More of them wait for the same lock only where something is very wrong. */
export const OPEN_JOBS_MAX = 100;

/**
 * The jobs of a configuration that have not ended, out of a list that was asked for them: lists pass over a part of a
 * question without a word, and may answer neighbours.
 *
 * @param isInBranch where each dialect shows the branch is its own affair.
 */
export function readOpenJobs(
  documents: readonly unknown[],
  toView: (document: unknown) => JobView,
  { component, config }: ConfigInBranch,
  isInBranch: (job: Record<string, unknown>) => boolean,
): OpenJob[] {
  return documents.flatMap((document): OpenJob[] => {
    const [view] = readableJobs([document], toView);
    const job = record(document) ?? {};
    // One whose id is none could not be read.
    if (!view || !JOB_ID.test(view.jobId) || isOver(view)) return [];
    if (view.component !== component || view.config !== config || !isInBranch(job)) return [];
    return [compact({ view, startedBy: name(record(job['token'])?.['description']) })];
  });
}
