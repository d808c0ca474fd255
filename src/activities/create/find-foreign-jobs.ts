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
import { mayBeOver } from '../../job/wait/status.js';
import { KeboolaError, type KeboolaErrorKind } from '../../keboola/http/keboola-error.js';
import type { JobApi, JobDocument, OpenJob } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';

/** `shown`: the job as the list shows it, unfinished. */
interface Candidate {
  jobId: string;
  shown?: OpenJob;
}

/**
 * What is known of one job. An answer without its document says nothing about other jobs, nor that this one has ended.
 */
type Look =
  | { kind: 'open'; job: ForeignJob }
  | { kind: 'gone' }
  /** Neither a read nor a list says anything about the job. */
  | { kind: 'unknown'; jobId: string; message: string };

/** Errors of a read that may concern this one job alone. */
const OF_THIS_JOB: readonly KeboolaErrorKind[] = ['not-found', 'protocol', 'refused', 'unavailable'];
const ROWS_MAX = 100;
/** Where jobs of the main branch show no branch, any branch that is shown is another one. */
const NONE = '';

/**
 * Looks for unfinished jobs of a configuration that somebody else has started. Keboola's list lags, so this reads each
 * job that the list shows, and each that was seen before: a broken list shows no jobs.
 *
 * A job that cannot be read neither hides the others nor counts as ended, since it could run beside ours. It counts as
 * whatever the list shows. If it is the only job and the list does not show it either, the result is `no-answer`.
 */
export async function findForeignJobs(deps: ActivityDeps, request: ForeignJobsRequest): Promise<ForeignJobsAnswer> {
  try {
    const jobs = await (await keboolaOf(deps, request)).jobs();
    const rows = await jobs.openJobsOf(request);
    const listed = withoutChildren(rows.filter(({ view }) => isForeign(view, request)));
    const candidates = candidatesOf(listed, request).slice(0, FOREIGN_JOBS_MAX);
    if (candidates.length === 0 && rows.length === 0 && (await showsNone(jobs))) {
      return { kind: 'looked', jobs: [], showsNone: true };
    }
    return answerOf(await Promise.all(candidates.map((candidate) => lookAt(jobs, candidate, request))), jobs);
  } catch (error) {
    return toNoAnswer(error);
  }
}

async function showsNone(jobs: JobApi): Promise<boolean> {
  return (await jobs.list({ limit: 1 })).jobs.length === 0;
}

function answerOf(looks: readonly Look[], jobs: JobApi): ForeignJobsAnswer {
  const open = looks.flatMap((look) => (look.kind === 'open' ? [look.job] : []));
  const unknown = looks.filter((look) => look.kind === 'unknown');
  const [first] = unknown;
  if (open.length === 0 && first) {
    const others = unknown.slice(1).map(({ jobId }) => jobId);
    const noun = others.length === 1 ? 'job' : 'jobs';
    const more = others.length === 0 ? '' : `; ${noun} ${others.join(', ')} cannot be read either`;
    return {
      kind: 'no-answer',
      message: `Job ${first.jobId} of the same configuration cannot be read (${first.message})${more}`,
    };
  }
  const kept = unknown.map(({ jobId, message }): ForeignJob => {
    return { jobId, runId: '', status: 'unknown', url: jobs.jobUrl(jobId), unread: message };
  });
  // Readable jobs come first: people are told about the first one.
  return { kind: 'looked', jobs: [...open.filter(wasRead), ...open.filter((job) => !wasRead(job)), ...kept] };
}

function wasRead({ unread }: ForeignJob): boolean {
  return unread === undefined;
}

function candidatesOf(listed: readonly OpenJob[], { seen }: ForeignJobsRequest): Candidate[] {
  const shown = [...listed].sort((a, b) => byProgress(a.view, b.view));
  const hidden = seen.filter((jobId) => !shown.some(({ view }) => view.jobId === jobId));
  return [
    ...hidden.map((jobId) => ({ jobId })),
    ...shown.map((openJob) => ({ jobId: openJob.view.jobId, shown: openJob })),
  ];
}

/** @throws KeboolaError for anything that may be wrong with Keboola as a whole. */
async function lookAt(jobs: JobApi, candidate: Candidate, request: ForeignJobsRequest): Promise<Look> {
  const { jobId, shown } = candidate;
  try {
    const document = await jobs.get(jobId, cancellationSignal());
    const { view } = document;
    const isOfConfig = view.component === request.component && view.config === request.config;
    const isGone =
      mayBeOver(view) || !isOfConfig || !isForeign(view, request) || (await isElsewhere(jobs, document, request));
    // Also if the document is that of another job than the list has shown.
    return isGone ? { kind: 'gone' } : { kind: 'open', job: toForeignJob(jobs, { ...shown, view }) };
  } catch (error) {
    if (!(error instanceof KeboolaError) || !OF_THIS_JOB.includes(error.kind)) throw error;
    const { message } = error;
    if (shown) return { kind: 'open', job: { ...toForeignJob(jobs, shown), unread: message } };
    // The job existed once, and the list no longer shows it: it was purged.
    if (error.kind === 'not-found' || (await isListedAsOver(jobs, jobId, request))) return { kind: 'gone' };
    return { kind: 'unknown', jobId, message };
  }
}

/** Keboola's filters by branch are not trusted. A document that shows no branch rules nothing out. */
async function isElsewhere(
  jobs: JobApi,
  { branchId: shown }: JobDocument,
  { branchId }: ForeignJobsRequest,
): Promise<boolean> {
  if (shown === undefined) return false;
  const wanted = branchId ?? (jobs.mainBranch ? await jobs.mainBranch() : NONE);
  return wanted !== undefined && shown !== wanted;
}

/** A list that shows a job as ended is as good as a read: the list only lags. */
async function isListedAsOver(
  jobs: JobApi,
  jobId: string,
  { component, config }: ForeignJobsRequest,
): Promise<boolean> {
  const { jobs: rows } = await jobs.list({ ofConfig: { component, config }, limit: ROWS_MAX });
  return rows.some((row) => row.jobId === jobId && mayBeOver(row));
}

function toForeignJob(jobs: JobApi, { view, startedBy }: OpenJob): ForeignJob {
  const { jobId, runId, createdTime, startTime } = view;
  const status = view.stopAsked ? 'terminating' : view.status;
  return {
    jobId,
    runId,
    status,
    url: jobs.jobUrl(jobId),
    ...(startedBy !== undefined && { startedBy }),
    ...(createdTime !== undefined && { createdTime }),
    ...(startTime !== undefined && { startTime }),
  };
}
