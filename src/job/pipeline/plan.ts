import { cut } from '../text/well-formed.js';
import { durationMs } from '../text/duration.js';
import { isEnabled } from './enabled.js';
import type { PipelineInput, RetryRule, TaskInput, TaskKind } from './input.js';
import { kindOf } from './kinds.js';
import { taskIds, titleOf } from './task-ids.js';

/** What the first activity reports on a checked pipeline. The rest follows from the input, which history holds. */
export interface PipelineCheck {
  maxParallel: number;
}

/** A pipeline with all defaults written out. */
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
  kind: TaskKind;
  /** What the task runs, for people. */
  title: string;
  /** The task is switched off. */
  skipped?: true;
  continueOnFailure: boolean;
  timeoutMs?: number;
  retry?: RetryRule;
}

/** The same plan on every replay. The input must have been checked. */
export function planOf({ name, phases }: PipelineInput, { maxParallel }: PipelineCheck): PipelinePlan {
  const ids = taskIds(phases.flatMap(({ tasks }) => tasks));
  let next = 0;
  return {
    name,
    maxParallel,
    phases: phases.map((phase) => ({
      name: phase.name,
      tasks: phase.tasks.map((task) => taskPlan(ids[next++] ?? '', task, isEnabled(phase, task))),
    })),
  };
}

/** Longer than any title of a task that runs. */
const TITLE_LENGTH_MAX = 1_000;

function taskPlan(id: string, task: TaskInput, enabled: boolean): TaskPlan {
  const timeoutMs = durationMs(task.timeout);
  return {
    id,
    kind: kindOf(task).kind,
    // What a skipped task would run is not checked, and may be as long as the input.
    title: cut(titleOf(task), TITLE_LENGTH_MAX),
    continueOnFailure: task.continueOnFailure ?? false,
    ...(!enabled && { skipped: true }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(task.retry && { retry: task.retry }),
  };
}
