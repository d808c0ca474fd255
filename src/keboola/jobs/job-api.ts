import type { JobView } from '../../job/job-view.js';
import type { CreatedJob, CreateJobRequest, WhatToRun } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';

/** Which jobs to list; the newest come first. */
export interface JobQuery {
  /** Jobs anywhere below this run id. */
  belowRunId?: string;
  /** Jobs one level below this run id. */
  directlyBelowRunId?: string;
  /** Jobs with one of these run ids, or anywhere below one. */
  inRuns?: readonly string[];
  /** Jobs of one configuration; the answer may hold others. */
  ofConfig?: { component: string; config: string };
  /** Of these run ids, or anywhere below one, the jobs that have not ended, and one job however it has ended. */
  openIn?: { runIds: readonly string[]; jobId: string };
  /** Jobs in one of these statuses. */
  statuses?: readonly string[];
  /** Jobs that need this lock. */
  lockName?: string;
  /** No jobs of these applications; given together with something else. */
  notOfApps?: readonly string[];
  limit: number;
  offset?: number;
}

/** One answered list. */
export interface JobList {
  /** Without those whose documents cannot be read: applications have shapes of their own. */
  jobs: JobView[];
  /** The answer shows something, be it readable or not. */
  showsAny: boolean;
  /** There is no more: a list that is as long as was asked for may be cut off. */
  isWhole: boolean;
}

/** What a search shows of the jobs of one creation. */
export interface Found {
  hits: JobView[];
  /** Jobs are shown that only a job of this creation can have spawned. */
  proven: boolean;
  /** An empty answer may be believed. */
  trustworthy: boolean;
  absence?: 'certain' | 'unproved';
}

/** One answered read. */
export interface JobDocument {
  view: JobView;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
}

/** A creation that is ready to go. */
export interface PreparedCreate {
  /** Makes the one POST. It is not repeated on any failure, since that could make a second job. */
  send(): Promise<CreatedJob>;
}

/**
 * The port to Keboola's jobs. Nothing above this folder knows which of Keboola's two generations of job APIs answers.
 *
 * Every call makes one exchange and throws a `KeboolaError` when it fails; none of them repeats anything.
 */
export interface JobApi {
  /** What of a checked input this component cannot be run with; it must be refused, since it would be ignored. */
  problemsOf(what: WhatToRun): Promise<InputProblem[]>;
  /** Does all that must happen before a creation, so that a failure here proves that nothing was sent. */
  prepareCreate(request: CreateJobRequest): Promise<PreparedCreate>;
  /** Reads by id, which is always up to date. */
  get(jobId: string, signal?: AbortSignal): Promise<JobDocument>;
  /** A wish: only a final status proves that the job has stopped. */
  kill(jobId: string): Promise<void>;
  /** Reads an index that lags, and that may answer an empty list when it is ill. */
  list(query: JobQuery): Promise<JobList>;
  /** The job that holds the lock which this one needs to start, as far as the list shows it. */
  lockHolder(jobId: string): Promise<string | undefined>;
  /** The address of a job at its configured origin. */
  jobUrl(jobId: string): string;
}
