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
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { JobApi, OpenJob } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

type Candidate = Pick<OpenJob, 'startedBy'> & { jobId: string; isListed: boolean };

/** What a read shows of one job. An answer that is no document of it says nothing of others, and not that it has ended. */
type Look = { kind: 'open'; job: ForeignJob } | { kind: 'gone' } | { kind: 'unread'; jobId: string; message: string };

/** In place of a status that nobody knows: the one of which no job is followed, for its end may be none of ours. */
const NOT_TO_BE_FOLLOWED = 'terminating';

/**
 * Looks for unfinished jobs of a configuration that somebody else has started. The list lags, so each that it shows is
 * read, and so is each that was seen before: a list that is ill shows none.
 *
 * One that cannot be read does not hide the others. It counts as unfinished beside them, and where it is the only one
 * there is no answer: to take it for over could run the configuration twice.
 */
export async function findForeignJobs(deps: ActivityDeps, request: ForeignJobsRequest): Promise<ForeignJobsAnswer> {
  try {
    const jobs = await deps.connections.get(request.connection).jobs();
    const listed = withoutChildren((await jobs.openJobsOf(request)).filter(({ view }) => isForeign(view, request)));
    const candidates = candidatesOf(listed, request).slice(0, FOREIGN_JOBS_MAX);
    return answerOf(await Promise.all(candidates.map((candidate) => lookAt(jobs, candidate, request))), jobs);
  } catch (error) {
    return toNoAnswer(error);
  }
}

function answerOf(looks: readonly Look[], jobs: JobApi): ForeignJobsAnswer {
  const open = looks.flatMap((look) => (look.kind === 'open' ? [look.job] : []));
  const unread = looks.filter((look) => look.kind === 'unread');
  const [first] = unread;
  if (open.length === 0 && first) {
    const others = unread.slice(1).map(({ jobId }) => jobId);
    const more = others.length === 0 ? '' : `; nor can ${others.join(', ')}`;
    return {
      kind: 'no-answer',
      message: `Job ${first.jobId} of the same configuration cannot be read (${first.message})${more}`,
    };
  }
  const kept = unread.map(({ jobId }) => ({ jobId, runId: '', status: NOT_TO_BE_FOLLOWED, url: jobs.jobUrl(jobId) }));
  // Last: the first one is told to people.
  return { kind: 'looked', jobs: [...open, ...kept] };
}

function candidatesOf(listed: readonly OpenJob[], { seen }: ForeignJobsRequest): Candidate[] {
  const shown = [...listed].sort((a, b) => byProgress(a.view, b.view));
  const hidden = seen.filter((jobId) => !shown.some(({ view }) => view.jobId === jobId));
  return [
    ...hidden.map((jobId) => ({ jobId, isListed: false })),
    ...shown.map(({ view, ...rest }) => ({ jobId: view.jobId, ...rest, isListed: true })),
  ];
}

/** @throws KeboolaError for what may be wrong with Keboola as a whole. */
async function lookAt(jobs: JobApi, candidate: Candidate, request: ForeignJobsRequest): Promise<Look> {
  try {
    const job = await stillOpen(jobs, candidate, request);
    return job ? { kind: 'open', job } : { kind: 'gone' };
  } catch (error) {
    if (!(error instanceof KeboolaError)) throw error;
    const isMissing = error.kind === 'not-found';
    // It was there once, and no list shows it any more: it was purged.
    if (isMissing && !candidate.isListed) return { kind: 'gone' };
    if (isMissing || error.kind === 'protocol')
      return { kind: 'unread', jobId: candidate.jobId, message: error.message };
    throw error;
  }
}

/** @returns undefined for one that has ended, or that is another one than the list has shown. */
async function stillOpen(
  jobs: JobApi,
  { jobId, isListed: _isListed, ...rest }: Candidate,
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
