import type { ActionAnswer } from '../action-outcome.js';
import type { FailureType } from '../failure/failure-types.js';
import type { JobResult, LeftJob } from '../result.js';
import type { FinalStatus } from '../wait/status.js';
import type { StorageTaskResult } from '../storage/result.js';

/**
 * `skipped`: the author switched it off. `cancelled`: only in the memo of a cancelled pipeline, which has no result.
 */
export type PipelineStatus = 'success' | 'warning' | 'error' | 'cancelled';
export type PhaseStatus = PipelineStatus | 'not-started' | 'skipped';
export type TaskStatus = FinalStatus | 'not-started' | 'skipped';

/**
 * What a pipeline leaves behind: the result of `runPipeline`, and the details of its failure. At most 256 KiB of JSON.
 * See `isPipelineResult`.
 */
export interface PipelineResult {
  name: string;
  status: PipelineStatus;
  /** The run id of every job of the pipeline starts with this one, which no job has itself. */
  rootRunId: string;
  phases: PhaseResult[];
  /** The result was too large: only the failed tasks are listed, the others are counted. */
  truncated?: true;
}

export interface PhaseResult {
  name: string;
  status: PhaseStatus;
  tasks: TaskResult[];
  /** Tasks by status, if not all are listed. */
  counts?: TaskCounts;
}

type TaskCounts = Partial<Record<TaskStatus, number>>;

export interface TaskResult {
  id: string;
  status: TaskStatus;
  /** How often it was tried, if more than once. */
  attempts?: number;
  /** Of the last attempt; its `result` is at most 2 KiB. */
  job?: JobResult;
  /** The job that its workflow has left behind: as far as is known, it goes on in Keboola. */
  left?: LeftJob;
  pipeline?: PipelineResult;
  /** Of a call, an import or an export; its `results` and `csv` are at most 2 KiB. */
  storage?: StorageTaskResult;
  /** Of a synchronous action; at most 2 KiB. */
  action?: ActionAnswer;
  /** Why the task counts as failed; absent if it does not. */
  error?: TaskError;
}

/** How one attempt of a task has ended. */
export type TaskEnd = Omit<TaskResult, 'id' | 'attempts'>;

export interface TaskError {
  /**
   * The failure of the task's workflow; `Canceled`, `Terminated`, `TimedOut` if only that workflow was stopped,
   * `PipelineWarning` if a nested pipeline went on after a failure, `Failed` for a failure without a type.
   */
  type: FailureType | (typeof OTHER_ERRORS)[number];
  message: string;
}

export const OTHER_ERRORS = ['Canceled', 'Terminated', 'TimedOut', 'PipelineWarning', 'Failed'] as const;

/** After these failures a job may still run, so nobody may say that everything is stopped. */
export const MAY_RUN_AFTER: readonly TaskError['type'][] = [
  'KillNotConfirmed',
  'CreateAmbiguous',
  'Terminated',
  'TimedOut',
];

/** The memo field that holds the last view of a pipeline that closed as canceled. */
export const PIPELINE_MEMO = 'keboolaPipeline';

/** The memo field by which a pipeline asks its children for brief answers: all of them go into one history. */
export const BRIEF_MEMO = 'keboolaBrief';
