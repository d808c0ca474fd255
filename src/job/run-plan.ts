import type { JobView } from './job-view.js';
import type { TerminatedPolicy, WarningPolicy } from './input.js';

/**
 * What the first activity makes of an input: checked, completed with what Keboola says of the project and the
 * component, and recorded in history, so that every later step starts from the same facts.
 */
export interface RunPlan {
  connection: string;
  project: { id: string; name: string };
  component: string;
  config?: string;
  parentRunId?: string;
  onWarning: WarningPolicy;
  onTerminated: TerminatedPolicy;
  /** False where the search attributes are not registered: one unknown name would fail the workflow task for ever. */
  searchAttributes: boolean;
}

/** One creating POST. Authors' bulk (`configData`, `params`) is passed on from the input, not kept twice. */
export interface CreateJobRequest {
  connection: string;
  component: string;
  config?: string;
  configData?: Record<string, unknown>;
  params?: Record<string, unknown>;
  /** Sent as X-KBC-RunId; its last segment is the fence. */
  runId: string;
}

export interface CreatedJob {
  jobId: string;
  status: string;
  /** Of the job at its configured origin, for people. */
  url: string;
}

/** The closed list of what can become of a creating POST. */
export type CreateOutcome =
  | { kind: 'accepted'; job: CreatedJob }
  /** Keboola said no, for good. */
  | { kind: 'refused'; type: 'CreateRefused' | 'TokenRefused'; message: string }
  /** Nothing reached Keboola, or it said "not now": the same POST may be sent again. */
  | { kind: 'not-sent' | 'refused-for-now'; message: string; retryAfterMs?: number }
  /** It may have made a job: never send again blindly. */
  | { kind: 'unknown'; message: string };

/** One look at a job. That Keboola gave no usable answer is a fact to wait on, not an error to fail with. */
export type JobReading =
  | {
      kind: 'read';
      view: JobView;
      /** Keboola's clock at the read, ISO 8601, where the answer had a Date header. */
      serverTime?: string;
    }
  | NoAnswer;

export interface NoAnswer {
  kind: 'no-answer';
  message: string;
  /** The token was refused: waiting helps only if somebody renews it. */
  tokenRefused?: true;
  retryAfterMs?: number;
}

/** What Keboola said to a kill. Only a read tells whether the job has stopped. */
export type KillAnswer = { kind: 'asked' } | { kind: 'not-possible'; message: string } | NoAnswer;
