import type { LogLine } from './questions.js';

/**
 * What we keep of a job document: enough to decide, to show and to report, and small enough to be written into a
 * workflow's history at every read.
 */
export interface JobView {
  jobId: string;
  runId: string;
  /** As Keboola says it, in one spelling; it may be a status that we do not know. */
  status: string;
  isFinished?: boolean;
  /** Somebody has asked Keboola to stop it, whatever its status says yet. Only Queue v2 tells. */
  stopAsked?: true;
  component: string;
  config?: string;
  /** What a job of Storage does, in its words, such as `tableImport`. */
  operation?: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  endTime?: string;
  waitSeconds?: number;
  durationSeconds?: number;
  /** Keboola's own blame for a failed job: `user`, `application`, or absent when the job itself chose its status; of Storage a code. */
  error?: string;
  exceptionId?: string;
  message?: string;
  terminatedBy?: string;
  /** Only of a finished job, see `boundResult`. */
  result?: unknown;
  truncated?: true;
  /** Only of a finished job of Queue v2. */
  details?: JobDetails;
  /** Only of a job that ended as error: the latest of what it and the jobs below it have told, the oldest first. */
  log?: LogLine[];
}

/** What only Queue v2 tells of a job that has ended; of long lists a part. */
export interface JobDetails {
  /** `standard`, `container`, …: how Keboola has run it. */
  type?: string;
  branchId?: string;
  /** The version of the configuration that was run. */
  configVersion?: string;
  /** The size of the machine. */
  backend?: string;
  /** What the owner of the token that has started it calls that token. */
  startedBy?: string;
  /** UTC, ISO 8601. */
  delayedStartTime?: string;
  inputBytes?: number;
  outputBytes?: number;
  /** The tables that it has written, 100 at most. */
  outputTables?: { id: string; rows?: number }[];
  /** The tasks of a flow that it has come to, 100 at most; of more those first that have not succeeded. */
  tasks?: FlowTaskEnd[];
  /** There are more tables or tasks than are told. */
  truncated?: true;
}

/** What became of one task of a flow. */
export interface FlowTaskEnd {
  id: string;
  name?: string;
  /** The id of its phase. */
  phase?: string;
  /** Of its last try, where it tells none of its own. */
  status?: string;
  jobId?: string;
  durationSeconds?: number;
}

export const MESSAGE_LENGTH_MAX = 4_000;
