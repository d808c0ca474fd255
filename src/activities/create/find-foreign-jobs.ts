import { cancellationSignal } from '@temporalio/activity';
import {
  byProgress,
  FOREIGN_JOBS_MAX,
  isForeign,
  withoutChildren,
  type ForeignJob,
  type ForeignJobsAnswer,
  type ForeignJobsRequest,
} from '../../job/create/foreign-jobs.js';
import { isOver } from '../../job/tree/descendants.js';
import type { JobApi, OpenJob } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

type Candidate = Pick<OpenJob, 'startedBy'> & { jobId: string };

/**
 * Looks for unfinished jobs of a configuration that somebody else has started. The list lags, so each that it shows is
 * read, and so is each that was seen before: a list that is ill shows none.
 */
export async function findForeignJobs(deps: ActivityDeps, request: ForeignJobsRequest): Promise<ForeignJobsAnswer> {
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    const listed = withoutChildren((await jobs.openJobsOf(request)).filter(({ view }) => isForeign(view, request)));
    const candidates = candidatesOf(listed, request).slice(0, FOREIGN_JOBS_MAX);
    const found = await Promise.all(candidates.map((candidate) => stillOpen(jobs, candidate, request)));
    return { kind: 'looked', jobs: found.filter((job) => job !== undefined) };
  } catch (error) {
    return toNoAnswer(error);
  }
}

function candidatesOf(listed: readonly OpenJob[], { seen }: ForeignJobsRequest): Candidate[] {
  const shown = [...listed].sort((a, b) => byProgress(a.view, b.view));
  const hidden = seen.filter((jobId) => !shown.some(({ view }) => view.jobId === jobId));
  return [...hidden.map((jobId) => ({ jobId })), ...shown.map(({ view, ...rest }) => ({ jobId: view.jobId, ...rest }))];
}

/** @returns undefined for one that has ended, or that is another one than the list has shown. */
async function stillOpen(
  jobs: JobApi,
  { jobId, ...rest }: Candidate,
  request: ForeignJobsRequest,
): Promise<ForeignJob | undefined> {
  const { view } = await jobs.get(jobId, cancellationSignal());
  const isOfConfig = view.component === request.component && view.config === request.config;
  if (isOver(view) || !isOfConfig || !isForeign(view, request)) return undefined;
  const { runId, status, createdTime, startTime } = view;
  return {
    ...{ jobId, runId, status, url: jobs.jobUrl(jobId), ...rest },
    ...(createdTime !== undefined && { createdTime }),
    ...(startTime !== undefined && { startTime }),
  };
}
