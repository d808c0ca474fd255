import type { LogLine } from './questions.js';

/**
 * What we keep of a job document: enough to decide, to show and to report, and small enough to be written into the
 * workflow history at every read.
 */
export interface JobView {
  jobId: string;
  runId: string;
  /** Keboola's status in normalized spelling; it may be one that we do not know. */
  status: string;
  isFinished?: boolean;
  /** Somebody has asked Keboola to stop the job, even if its status does not show it yet. Only Queue v2 tells this. */
  stopAsked?: true;
  component: string;
  config?: string;
  /** What a Storage job does, in Storage's words, such as `tableImport`. */
  operation?: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  endTime?: string;
  waitSeconds?: number;
  durationSeconds?: number;
  /**
   * Whom Keboola blames for a failed job: `user` or `application`, absent if the job itself chose its status. For a
   * Storage job, Storage's error code.
   */
  error?: string;
  exceptionId?: string;
  message?: string;
  terminatedBy?: string;
  /** Only for a finished job, see `boundResult`. */
  result?: unknown;
  truncated?: true;
  /** Only for a finished job of Queue v2. */
  details?: JobDetails;
  /** Only for a job that ended as error: the latest log lines of the job and its descendants, the oldest first. */
  log?: LogLine[];
}

/** What only Queue v2 reports of a job that has ended; long lists are cut. */
export interface JobDetails {
  /** How Keboola ran the job: `standard`, `container`, … */
  type?: string;
  branchId?: string;
  configVersion?: string;
  /** The size of the machine that the job ran on. */
  backend?: string;
  /** The description of the token that started the job. */
  startedBy?: string;
  /** UTC, ISO 8601. */
  delayedStartTime?: string;
  inputBytes?: number;
  outputBytes?: number;
  /** The tables that the job has written, 100 at most. */
  outputTables?: { id: string; rows?: number }[];
  /** The flow tasks that the job has reached, 100 at most; of more, those that have not succeeded come first. */
  tasks?: FlowTaskEnd[];
  /** There are more tables or tasks than are listed. */
  truncated?: true;
}

/** How one task of a flow has ended. */
export interface FlowTaskEnd {
  id: string;
  name?: string;
  /** The id of its phase. */
  phase?: string;
  /** The task's own status, or that of its last try if the task shows none. */
  status?: string;
  jobId?: string;
  durationSeconds?: number;
}

export const MESSAGE_LENGTH_MAX = 4_000;
