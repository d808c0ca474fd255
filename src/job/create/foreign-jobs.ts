import type { NoAnswer } from '../failure/no-answer.js';
import { compareJobIds } from '../job-id.js';
import type { JobView } from '../job-view.js';
import { isBelow, runIdSegments } from '../run-id.js';
import type { InProject } from '../run-plan.js';
import { cut } from '../text/well-formed.js';

/** For which creation the jobs of somebody else are looked for. */
export interface ForeignJobsRequest extends InProject {
  component: string;
  config: string;
  branchId?: string;
  /** Which the creation is about to send. */
  runId: string;
  /** A job with one of these in its run id is ours; see `fenceFor`. */
  fences: readonly string[];
  /** Ids of jobs that were seen already: each is waited for until a read shows its end, whatever the list shows. */
  seen: readonly string[];
}

/** An unfinished job of the same configuration that somebody else has started. */
export interface ForeignJob {
  jobId: string;
  runId: string;
  status: string;
  /** The job in Keboola's API, at the configured origin. */
  url: string;
  /** What the owner of the token calls that token. */
  startedBy?: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  /** Why it cannot be read: all that is known of it is what a list shows, so that it is not to be followed. */
  unread?: string;
}

/** `showsNone`: the list shows no job of the project at all, as that of a new one does, and one that is ill. */
export type ForeignJobsAnswer = { kind: 'looked'; jobs: ForeignJob[]; showsNone?: true } | NoAnswer;

/** What a workflow keeps of it while it waits, and after. */
export interface ForeignJobsState {
  /** Ids of those that are waited for. */
  readonly seen: readonly string[];
  /** It is decided: the first creation may have been sent since. */
  readonly decided?: true;
}

/** As many are waited for, and read with each look. */
export const FOREIGN_JOBS_MAX = 20;
const STARTED_BY_LENGTH_MAX = 200;

/**
 * Whether a job is somebody else's, another workflow of ours included. Not so the run that the creation is to be a part of:
 * it would be waited for by its own child.
 */
export function isForeign({ runId }: JobView, request: Pick<ForeignJobsRequest, 'runId' | 'fences'>): boolean {
  const isOurs = runIdSegments(runId).some((segment) => request.fences.includes(segment));
  return !isOurs && !isBelow(request.runId, runId);
}

/** Without those that another one of them has spawned, such as one row of a configuration: it ends with that one. */
export function withoutChildren<Job extends { view: JobView }>(jobs: readonly Job[]): Job[] {
  return jobs.filter(({ view }) => !jobs.some((other) => isBelow(view.runId, other.view.runId)));
}

/** One that runs comes before one that waits, one that is being stopped last; of equals the newest. */
export function byProgress(a: Progress, b: Progress): number {
  return rank(a) - rank(b) || compareJobIds(b.jobId, a.jobId);
}

/** Which of them to follow; none that is being stopped, whose end would be taken for that of what was asked for. */
export function chooseForeign(jobs: readonly ForeignJob[]): ForeignJob | undefined {
  return [...jobs].sort(byProgress).find((job) => job.unread === undefined && rank(job) < STOPPING);
}

/** Which job it is, since when it is there, and who has started it, for people. */
export function foreignJobText({ jobId, status, startedBy, createdTime, startTime, unread }: ForeignJob): string {
  const who = startedBy === undefined ? 'somebody else' : `"${cut(startedBy, STARTED_BY_LENGTH_MAX)}"`;
  const created = createdTime === undefined ? '' : ` at ${createdTime}`;
  const runs = startTime === undefined ? '' : `, running since ${startTime}`;
  const how = unread === undefined ? '' : `, as the list shows it; it cannot be read: ${unread}`;
  return `Job ${jobId} of the same configuration is ${status} (started by ${who}${created}${runs})${how}`;
}

type Progress = Pick<JobView, 'jobId' | 'status'>;

const STOPPING = 2;

function rank({ status }: Progress): number {
  if (status === 'processing') return 0;
  return status === 'terminating' ? STOPPING : 1;
}
