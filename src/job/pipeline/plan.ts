import type { RetryRule } from './input.js';

/**
 * What the first activity makes of a pipeline: checked, with all defaults written out. What the jobs run is left in the
 * input, so that history does not hold it twice.
 */
export interface PipelinePlan {
  name: string;
  maxParallel: number;
  phases: PhasePlan[];
}

export interface PhasePlan {
  name: string;
  tasks: TaskPlan[];
}

export interface TaskPlan {
  id: string;
  kind: 'job' | 'pipeline';
  /** What it runs, for people. */
  title: string;
  continueOnFailure: boolean;
  timeoutMs?: number;
  retry?: RetryRule;
}
