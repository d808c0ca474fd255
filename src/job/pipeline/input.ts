import type { RunAsyncActionInput } from '../async-action.js';
import type { Duration } from '../text/duration.js';
import type { RunJobInput } from '../input.js';
import type { CallActionInput } from '../questions.js';
import type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../storage/input.js';

/** The contract of `runPipeline`: jobs in phases. `src/input/pipeline/check-pipeline.ts` checks it. */
export interface PipelineInput {
  name: string;
  /** The phases run one after another. */
  phases: PhaseInput[];
  /** How many tasks of a phase run at the same time. Default: what the project allows, else 10. */
  maxParallel?: number;
  /** Puts all jobs of the pipeline below this run. Default: a run id of the pipeline's own. */
  parentRunId?: string;
}

export interface PhaseInput {
  name: string;
  /** False skips the phase's tasks. Default true. */
  enabled?: boolean;
  /** The tasks run in parallel. */
  tasks: TaskInput[];
}

export type TaskInput = TaskRules & OneOf<KindInputs>;

/** The input of each kind of task; `kinds.ts` says what it turns into. */
export interface KindInputs {
  job: PipelineJob;
  pipeline: PipelineInput;
  storage: Omit<RunStorageJobInput, 'parentRunId'>;
  import: Omit<ImportTableInput, 'parentRunId'>;
  export: Omit<ExportTableInput, 'parentRunId'>;
  /** `onWarning` defaults to `fail`. */
  asyncAction: Omit<RunAsyncActionInput, 'parentRunId'>;
  action: CallActionInput;
}

export type TaskKind = keyof KindInputs;

/** Exactly one of the fields. */
type OneOf<Fields> = {
  [One in keyof Fields]: Pick<Fields, One> & { [Other in Exclude<keyof Fields, One>]?: never };
}[keyof Fields];

/** A job as part of a pipeline, which puts it below its own run. `onWarning` defaults to `fail`. */
export type PipelineJob = Omit<RunJobInput, 'parentRunId'>;

interface TaskRules {
  /** Names the task in workflow ids and results. Default: derived from what the task runs. */
  id?: string;
  /** False skips the task, whose input may then be incomplete. Default true. */
  enabled?: boolean;
  /** Lets the next phase start although this task has failed. Default false. */
  continueOnFailure?: boolean;
  /** Longest time for one attempt, counted from its start; after that the attempt is stopped. */
  timeout?: Duration;
  /** When to run a failed job again. Default: never. */
  retry?: RetryRule;
}

/** Each attempt is a job of its own. A user error is never retried: it would only happen again. */
export interface RetryRule {
  /** Includes the first attempt. */
  attempts: number;
  on: RetryReason[];
}

export const RETRY_REASONS = ['application', 'unknown', 'terminated', 'timeout', 'warning'] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

export const DEFAULT_MAX_PARALLEL = 10;
/** How many open children Temporal advises for one workflow. */
export const MAX_PARALLEL_MAX = 500;
export const PHASES_MAX = 1_000;
export const TASKS_MAX = 10_000;
/** How deep pipelines may be nested, the outermost one included. */
export const DEPTH_MAX = 10;
export const ATTEMPTS_MAX = 10;
