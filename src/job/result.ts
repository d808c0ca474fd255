import type { FailureType } from './failure/failure-types.js';
import type { JobDetails } from './job-view.js';
import type { LogLine } from './questions.js';
import type { FinalStatus } from './wait/status.js';
import type { StatusCounts } from './wait/status-counts.js';

/** Why a job ended as it did. */
export const JOB_OUTCOMES = [
  /** It ran to its own end. */
  'finished',
  /** We asked Keboola to stop it, and it stopped. */
  'killed-by-us',
  /** We asked, but it had finished first. */
  'finished-first',
  /** It was over its time, and we stopped it. */
  'timed-out',
  /** Somebody else stopped it. */
  'stopped-by-other',
] as const;

export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** What a finished job leaves behind, see `isJobResult`; the result of `runJob` and the details of its failures. */
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
  /** What only Queue v2 tells. */
  details?: JobDetails;
  exceptionId?: string;
  /** Of a job that ended as error: its last 20 events and those of the jobs below it, where Keboola tells them. */
  log?: LogLine[];
  terminatedBy?: string;
  /** The job in Keboola's API, at the configured origin: it wants a token. */
  url: string;
  /** The job's page in Keboola, for people. */
  page?: string;
  /** UTC, ISO 8601. */
  createdTime: string;
  startTime?: string;
  endTime?: string;
  waitSeconds?: number;
  durationSeconds?: number;
  /** What its author may have overlooked. */
  warnings?: string[];
  /** How often the job was read. */
  polls: number;
  /** True when the job was found: the answer to its creation was lost, or it is `foreign`. */
  adopted: boolean;
  /** Somebody else has started the job, and the workflow has followed it in place of one of its own. */
  foreign?: true;
  /** The jobs that Keboola has spawned below it and that have ended, each with its own; their `result` has 2 KiB at most. */
  children?: JobResult[];
  /** All jobs below it are known, and have ended. False says that there may be others. */
  childrenComplete?: boolean;
  /** How many jobs there are below it in which status, where not all of them are told: then only the failed ones are. */
  childrenCounts?: StatusCounts;
}

/** With which failure a workflow closes whose job ended so. */
export interface JobFailure {
  type: FailureType;
  message: string;
}

/** What a cancelled workflow remembers of a job that it has left to itself: it has not ended, as far as is known. */
export interface LeftJob {
  jobId: string;
  runId?: string;
  /** Absent where nobody had looked at the job yet; so is `url`. */
  component?: string;
  config?: string;
  /** As the job was seen last. */
  status?: string;
  outcome: 'left-alone';
  url?: string;
  page?: string;
}
