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

/** Which jobs to list, newest first. */
export interface JobQuery {
  /** Jobs with one of these RunIds, or anywhere below one. */
  inRuns?: readonly string[];
  /** Jobs of one configuration; the answer may contain others. */
  ofConfig?: { component: string; config: string };
  /** The unfinished jobs with one of these RunIds or anywhere below one, and the job `jobId`, however it has ended. */
  openIn?: { runIds: readonly string[]; jobId: string };
  /**
   * Jobs that ended for good at this moment or later; ISO 8601, exact to the second. If the list can be sorted, the
   * latest ends come first. A job that was cancelled before it started may show no end time and is left out then.
   */
  finishedSince?: string;
  limit: number;
  offset?: number;
}

/** One answered list. */
export interface JobList {
  /** Without jobs whose documents cannot be read: some applications have their own format. */
  jobs: JobView[];
  /** Whether the answer contains any row, readable or not. */
  showsAny: boolean;
  /** Whether this is all there is: a list that is as long as the limit may be cut off. */
  isWhole: boolean;
  /** Keboola's clock, ISO 8601, if a single answer was enough. */
  serverTime?: string;
}

/** A stored configuration, in the main branch unless `branchId` names another one. */
export interface ConfigInBranch {
  component: string;
  config: string;
  branchId?: string;
}

/** An unfinished job, as a list shows it. */
export interface OpenJob {
  view: JobView;
  /** The description of the token that started it. */
  startedBy?: string;
}

/** One answered read. */
export interface JobDocument {
  view: JobView;
  /** Keboola's clock, ISO 8601. */
  serverTime?: string;
  /** The branch in which it runs, if the document shows it. */
  branchId?: string;
  /** The only tasks of a flow that it was told to run, if the document shows them; absent if it runs all. */
  flowTasks?: string[];
  /** Other input fields that seem to have been given to it, by name; never their values, which may be secret. */
  given?: GivenToJob[];
}

/** A creation, ready to be sent. */
export interface PreparedCreate {
  /** Sends the POST, once: no failure is retried, since that could create a second job. */
  send(): Promise<CreatedJob>;
  /** What a POST that threw proves; each service has its own errors. */
  outcomeOf(error: unknown): CreateOutcome;
}

/** An id drawn from the sequence of job ids. */
export interface DrawnId {
  id: string;
  /** The id of the token that drew it, if the token shows its id. */
  drawnBy?: string;
}

/** What a search for the jobs of one creation found. */
export interface FoundJobs {
  hits: JobView[];
  /** False if an empty answer means nothing: too little was read, or the index lacks what must be there. */
  trustworthy: boolean;
  /** Jobs are shown that only a job of this creation can have spawned: it exists, although it is not shown itself. */
  proven?: true;
  /** For a creation without a fence: jobs of the same configuration and time that do not look like it. */
  unlike?: JobView[];
  /** For a creation without a fence: the hits carry a fence that a run before a workflow reset sent. */
  areFenced?: true;
  /** If hits are only look-alikes: all of them are shown. */
  isWhole?: true;
  /** See `SearchAnswer`. */
  absence?: 'certain' | 'unproved';
}

/**
 * The port to Keboola's jobs. Nothing above this folder knows which of Keboola's two generations of job APIs answers.
 *
 * Every call but `findCreated` makes one exchange at most, or two if one needs the other, and throws a `KeboolaError`
 * if one fails. None of them retries.
 */
export interface JobApi {
  /** The fields of a checked input that would be ignored for this component, and must therefore be refused. */
  problemsOf(what: WhatToRun): Promise<InputProblem[]>;
  /** The possible fences of such a creation; the first one is the default. */
  fences(what: WhatToRun): readonly CreateFence[];
  /** Whether Keboola keeps a variable that no configuration has, as far as we have seen; absent if of no use. */
  keepsVariables?(): boolean | undefined;
  /** Draws an id above those of all existing jobs and below those of all future ones; absent if it is not needed. */
  drawId?(): Promise<DrawnId>;
  /** Does everything that comes before a creation, so that a failure here proves that nothing was sent. */
  prepareCreate(request: CreateJobRequest): Promise<PreparedCreate>;
  /** Searches the lists for the jobs of a creation, by the fence that it carried or by likeness. */
  findCreated(request: SearchRequest): Promise<FoundJobs>;
  /** Reads a job by id, which is always up to date. */
  get(jobId: string, signal?: AbortSignal): Promise<JobDocument>;
  /** The id of the main branch; undefined if unknown. Absent in a dialect whose jobs do not show that branch. */
  mainBranch?(): Promise<string | undefined>;
  /** Asks to stop a job; only a final status proves that it has stopped. */
  kill(jobId: string): Promise<void>;
  /** Reads an index that lags, and that may return an empty list when it is broken. */
  list(query: JobQuery): Promise<JobList>;
  /**
   * The unfinished jobs of a configuration, newest first, at most one page. The index lags: a job that it shows may be
   * over, and one that was just created may be missing.
   */
  openJobsOf(config: ConfigInBranch): Promise<OpenJob[]>;
  /**
   * The jobs that count towards the project's limit of parallel jobs, at most `countMax`. Absent if Keboola itself
   * enforces the limit for our jobs: they wait in its queue then, and we need not count.
   */
  occupants?(countMax: number): Promise<JobView[]>;
  /**
   * Why a job does not start, as far as the lists show. It tells a job that waits its turn from one that was never
   * queued. Undefined if seeing no reason would prove nothing.
   */
  reasonToWait(jobId: string): Promise<WaitReason | undefined>;
  /** The latest events of a job, oldest first; undefined if the job has no id by which to ask for events. */
  events(job: JobView, limit: number): Promise<LogLine[] | undefined>;
  /**
   * The tasks that a flow has now, each with the latest job that one run of the flow created for it.
   *
   * @throws UnsupportedQuestion if the job is not a flow's, or the dialect has no such plans.
   */
  rerunPlan(jobId: string): Promise<PlannedTask[]>;
  /** The address of a job at its configured origin. */
  jobUrl(jobId: string): string;
  /** The address of the jobs' pages in Keboola's interface; a job's page is below it, by its id. */
  jobsPage(projectId: string): string;
}
