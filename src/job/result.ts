import type { FailureType } from './failure/failure-types.js';
import type { JobDetails } from './job-view.js';
import type { LogLine } from './questions.js';
import type { FinalStatus } from './wait/status.js';
import type { StatusCounts } from './wait/status-counts.js';

/** Why a job ended as it did. */
export type JobOutcome =
  /** It ran to its own end. */
  | 'finished'
  /** We asked Keboola to stop it, and it stopped. */
  | 'killed-by-us'
  /** We asked, but it had finished first. */
  | 'finished-first'
  /** It exceeded a time limit, and we stopped it. */
  | 'timed-out'
  /** Somebody else stopped it. */
  | 'stopped-by-other';

/** What a finished job leaves behind: the result of `runJob`, and the details of its failures. See `isJobResult`. */
export interface JobResult {
  jobId: string;
  runId: string;
  status: FinalStatus;
  outcome: JobOutcome;
  component: string;
  config?: string;
  message?: string;
  /** Keboola's own result object, at most 64 KiB of JSON. */
  result?: unknown;
  truncated?: true;
  /** What only Queue v2 says. */
  details?: JobDetails;
  exceptionId?: string;
  /** For a job that ended in error: its last 20 events and those of the jobs below it, if Keboola shows them. */
  log?: LogLine[];
  terminatedBy?: string;
  /** The job in Keboola's API, at the configured origin; reading it takes a token. */
  url: string;
  /** The job's page in Keboola, for people. */
  page?: string;
  /** UTC, ISO 8601. */
  createdTime: string;
  startTime?: string;
  endTime?: string;
  waitSeconds?: number;
  durationSeconds?: number;
  /** What the author may have overlooked. */
  warnings?: string[];
  /** How often the job was read. */
  polls: number;
  /** True if the job was found: the answer to its creation was lost, or the job is `foreign`. */
  adopted: boolean;
  /** Somebody else started the job, and the workflow followed it instead of creating one. */
  foreign?: true;
  /** The ended jobs that Keboola spawned below it, each with its own children; their `result` is at most 2 KiB. */
  children?: JobResult[];
  /** All jobs below it are known and have ended. False means that there may be others. */
  childrenComplete?: boolean;
  /** The number of jobs below it by status, if `children` does not list all: then it lists only the failed ones. */
  childrenCounts?: StatusCounts;
}

/** The failure that a workflow closes with because of how its job ended. */
export interface JobFailure {
  type: FailureType;
  message: string;
}

/** What a cancelled workflow remembers of a job that it left running: as far as is known, the job has not ended. */
export interface LeftJob {
  jobId: string;
  runId?: string;
  /** Absent if nobody had looked at the job yet; so is `url`. */
  component?: string;
  config?: string;
  /** The status that was seen last. */
  status?: string;
  outcome: 'left-alone';
  url?: string;
  page?: string;
}
