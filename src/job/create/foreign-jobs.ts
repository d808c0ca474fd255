import type { NoAnswer } from '../failure/no-answer.js';
import { compareJobIds } from '../job-id.js';
import type { JobView } from '../job-view.js';
import { isBelow, runIdSegments } from '../run-id.js';
import type { InProject } from '../run-plan.js';
import { cut } from '../text/well-formed.js';

/** Asks for foreign jobs that run the same configuration as a planned creation. */
export interface ForeignJobsRequest extends InProject {
  component: string;
  config: string;
  branchId?: string;
  /** The run id that the creation is about to send. */
  runId: string;
  /** A job with one of these in its run id is ours; see `fenceFor`. */
  fences: readonly string[];
  /** Ids of jobs that were seen before. Each is waited for until a read shows its end, whatever the list shows. */
  seen: readonly string[];
}

/** A foreign job: an unfinished job of the same configuration that somebody else started. */
export interface ForeignJob {
  jobId: string;
  runId: string;
  status: string;
  /** The job in Keboola's API, at the configured origin. */
  url: string;
  /** The name of the token that started it, as the token's owner chose it. */
  startedBy?: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  /** Why the job cannot be read. Only its entry in the list is known, so it must not be followed. */
  unread?: string;
}

/** `showsNone`: the list shows no job of the project at all, as happens for a new project and for a faulty list. */
export type ForeignJobsAnswer = { kind: 'looked'; jobs: ForeignJob[]; showsNone?: true } | NoAnswer;

/** What a workflow remembers of foreign jobs while it waits for them, and afterwards. */
export interface ForeignJobsState {
  /** Ids of the jobs that are waited for. */
  readonly seen: readonly string[];
  /** Since the last reset our own job was searched for, and there is none. */
  readonly searched?: true;
  /** The decision is made, and the first creation may have been sent since. */
  readonly decided?: true;
}

/** At most this many foreign jobs are waited for; each look reads all of them. */
export const FOREIGN_JOBS_MAX = 20;
const STARTED_BY_LENGTH_MAX = 200;

/**
 * Whether a job is somebody else's; a job of another workflow of ours counts, too. The run that the creation will be a
 * part of does not count, because it would be waited for by its own child.
 */
export function isForeign({ runId }: JobView, request: Pick<ForeignJobsRequest, 'runId' | 'fences'>): boolean {
  const isOurs = runIdSegments(runId).some((segment) => request.fences.includes(segment));
  return !isOurs && !isBelow(request.runId, runId);
}

/** Leaves out jobs spawned by another job in the list, such as one row of a configuration: they end with that job. */
export function withoutChildren<Job extends { view: JobView }>(jobs: readonly Job[]): Job[] {
  return jobs.filter(({ view }) => !jobs.some((other) => isBelow(view.runId, other.view.runId)));
}

/** Running jobs first, then waiting ones, then those being stopped; among equals the newest first. */
export function byProgress(a: Progress, b: Progress): number {
  return rank(a) - rank(b) || compareJobIds(b.jobId, a.jobId);
}

/** Which job to follow. Never one that is being stopped: its end would be taken for the end of what was asked for. */
export function chooseForeign(jobs: readonly ForeignJob[]): ForeignJob | undefined {
  return [...jobs].sort(byProgress).find((job) => job.unread === undefined && rank(job) < STOPPING);
}

/** For people: which job it is, how long it has been there, and who started it. */
export function foreignJobText({ jobId, status, startedBy, createdTime, startTime, unread }: ForeignJob): string {
  const who = startedBy === undefined ? 'somebody else' : `"${cut(startedBy, STARTED_BY_LENGTH_MAX)}"`;
  const created = createdTime === undefined ? '' : ` at ${createdTime}`;
  const runs = startTime === undefined ? '' : `, running since ${startTime}`;
  const how = unread === undefined ? '' : ` according to the job list; the job itself cannot be read: ${unread}`;
  return `Job ${jobId} of the same configuration is ${status} (started by ${who}${created}${runs})${how}`;
}

type Progress = Pick<JobView, 'jobId' | 'status'>;

const STOPPING = 2;

function rank({ status }: Progress): number {
  if (status === 'processing') return 0;
  return status === 'terminating' ? STOPPING : 1;
}
