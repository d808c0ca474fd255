import type { CreateFence } from '../../job/input.js';
import type { JobView } from '../../job/job-view.js';
import type { GivenToJob, LogLine, PlannedTask } from '../../job/questions.js';
import type {
  CreatedJob,
  CreateJobRequest,
  CreateOutcome,
  SearchRequest,
  WhatToRun,
} from '../../job/create/creation.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import type { InputProblem } from '../../input/input-problem.js';

/** Which jobs to list; the newest come first. */
export interface JobQuery {
  /** Jobs with one of these run ids, or anywhere below one. */
  inRuns?: readonly string[];
  /** Jobs of one configuration; the answer may hold others. */
  ofConfig?: { component: string; config: string };
  /** Of these run ids, or anywhere below one, the jobs that have not ended, and one job however it has ended. */
  openIn?: { runIds: readonly string[]; jobId: string };
  /**
   * Jobs that have ended for good at this moment or later; ISO 8601, and exact to the second that it lies in. Where the list
   * can be sorted the latest ends come first. One that was cancelled before it began need not show when, and is left out then.
   */
  finishedSince?: string;
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
  /** Keboola's clock, ISO 8601, where one answer was all. */
  serverTime?: string;
}

/** A stored configuration, in the main branch unless another one is named. */
export interface ConfigInBranch {
  component: string;
  config: string;
  branchId?: string;
}

/** A job that has not ended, as a list shows it. */
export interface OpenJob {
  view: JobView;
  /** What the owner of the token that has started it calls that token. */
  startedBy?: string;
}

/** One answered read. */
export interface JobDocument {
  view: JobView;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
  /** Where it runs, if it shows that. */
  branchId?: string;
  /** The tasks of a flow that it was to run alone, where it shows them; absent where it was to run all. */
  flowTasks?: string[];
  /** What else it shows that may have been given to it, by the names of the input; never the values, which may be secret. */
  given?: GivenToJob[];
}

/** A creation that is ready to go. */
export interface PreparedCreate {
  /** Makes the one POST. It is not repeated on any failure, since that could make a second job. */
  send(): Promise<CreatedJob>;
  /** What a POST that threw proves: each service has errors of its own. */
  outcomeOf(error: unknown): CreateOutcome;
}

/** An id that was given out. */
export interface DrawnId {
  id: string;
  /** The id of the token that has drawn it, where it shows. */
  drawnBy?: string;
}

/** What a search for the jobs of one creation has found. */
export interface FoundJobs {
  hits: JobView[];
  /** False where an empty answer means nothing: too little was seen, or the index did not show what must be there. */
  trustworthy: boolean;
  /** Jobs are shown that only a job of this creation can have spawned: it was made, though it is not shown itself. */
  proven?: true;
  /** Of a creation that carried nothing of ours: jobs of the same configuration and time that do not look like it. */
  unlike?: JobView[];
  /** Of a creation that carried nothing of ours: the hits carry the fence that a run before a reset has sent. */
  areFenced?: true;
  /** Of jobs that are only like the one: all of them are shown. */
  isWhole?: true;
  /** See `SearchAnswer`. */
  absence?: 'certain' | 'unproved';
}

/**
 * The port to Keboola's jobs. Nothing above this folder knows which of Keboola's two generations of job APIs answers.
 *
 * Every call but `findCreated` makes one exchange at most, or two where one needs the other; it throws a `KeboolaError`
 * when one fails. None of them repeats anything.
 */
export interface JobApi {
  /** What of a checked input this component cannot be run with; it must be refused, since it would be ignored. */
  problemsOf(what: WhatToRun): Promise<InputProblem[]>;
  /** By what a creation of this can be told from others; the first way is the default. */
  fences(what: WhatToRun): readonly CreateFence[];
  /** Whether a variable that no configuration has is kept with a job, as far as that was seen; absent where it is of no use. */
  keepsVariables?(): boolean | undefined;
  /** An id above those of all jobs that exist, and below those of all to come; absent where jobs are known otherwise. */
  drawId?(): Promise<DrawnId>;
  /** Does all that must happen before a creation, so that a failure here proves that nothing was sent. */
  prepareCreate(request: CreateJobRequest): Promise<PreparedCreate>;
  /** Looks for the jobs that a creation has made: in a list, by the run id that it carried. */
  findCreated(request: SearchRequest): Promise<FoundJobs>;
  /** Reads by id, which is always up to date. */
  get(jobId: string, signal?: AbortSignal): Promise<JobDocument>;
  /** The number of the main branch, or undefined where it cannot be had; absent where jobs of that branch show none. */
  mainBranch?(): Promise<string | undefined>;
  /** A wish: only a final status proves that the job has stopped. */
  kill(jobId: string): Promise<void>;
  /** Reads an index that lags, and that may answer an empty list when it is ill. */
  list(query: JobQuery): Promise<JobList>;
  /**
   * The jobs of a configuration that have not ended, the newest first and a page of them at most. From an index that lags:
   * one that it shows may be over, and one that was just made may be missing.
   */
  openJobsOf(config: ConfigInBranch): Promise<OpenJob[]>;
  /**
   * The jobs that take a place among the project's parallel ones, this many at most. Absent where Keboola itself keeps
   * the limit for our jobs, too: they wait in its queue then, and nobody else need count.
   */
  occupants?(countMax: number): Promise<JobView[]>;
  /**
   * Why a job does not start, as far as the lists show it and whatever else runs in the project. Undefined where "nothing
   * that can be seen" would prove nothing: with it a job that was never queued is told from one that waits its turn.
   */
  reasonToWait(jobId: string): Promise<WaitReason | undefined>;
  /** The latest events of a job, the oldest first; undefined for one that shows nothing to ask for them by. */
  events(job: JobView, limit: number): Promise<LogLine[] | undefined>;
  /**
   * The tasks that a flow has now, each with the latest job that one run of the flow has made for it.
   *
   * @throws UnsupportedQuestion where the job is that of no flow, and where there are no such plans at all.
   */
  rerunPlan(jobId: string): Promise<PlannedTask[]>;
  /** The address of a job at its configured origin. */
  jobUrl(jobId: string): string;
  /** Where the pages of a project's jobs are, for people, each below it by its id. */
  jobsPage(projectId: string): string;
}
