import type { Asking } from './life/silence.js';
import type { LeftRun } from './life/leave-run.js';
import type { PipelineCheck } from './pipeline/plan.js';
import type { TaskEnd } from './pipeline/result.js';

/** The state of a task; its last attempt counts. */
export type TaskState =
  | { status: 'waiting' }
  /** The author has switched the task off. */
  | { status: 'skipped' }
  | { status: 'running'; attempt: number; startTime: string }
  /** The times are absent if not everything was kept. */
  | { status: 'ended'; attempt: number; startTime?: string; endTime?: string; end: TaskEnd };

/**
 * All that a pipeline knows of its course, as plain data: continue-as-new hands it on whole. Only the functions in `life`
 * write it.
 */
export interface PipelineState extends Asking, LeftRun {
  /** Attempts of the workflow that earlier runs have used up; see `src/workflows/continue-as-new.ts`. */
  readonly attemptsBefore: number;
  /** The pipeline's run id is derived from this run id, which is the same in all runs of one chain. */
  readonly fenceSeed: string;
  readonly check?: PipelineCheck;
  /** By phase and task; empty until the input is checked. */
  readonly tasks: readonly (readonly TaskState[])[];
  /** Bytes of the answers that were kept. */
  readonly keptBytes: number;
  /** Some answers were dropped. */
  readonly truncated?: true;
}

export function newPipelineState(fenceSeed: string): PipelineState {
  return { attemptsBefore: 0, fenceSeed, tasks: [], keptBytes: 0 };
}
