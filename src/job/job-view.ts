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
  /** Only of a job that ended as error: the latest of what it and the jobs below it have told, the oldest first. */
  log?: LogLine[];
}

export const MESSAGE_LENGTH_MAX = 4_000;
