import type { PipelineState, TaskState } from '../pipeline-state.js';
import type { PipelineCheck, PipelinePlan } from '../pipeline/plan.js';
import type { TaskEnd } from '../pipeline/result.js';
import { keepEnd } from './keep-task-end.js';
import { silenceIsOver } from './silence.js';
import type { Writable } from './writable.js';

/** The place of a task in its pipeline, both from 0. */
export interface TaskPlace {
  phase: number;
  index: number;
}

/** An attempt at a task; `startTime` is ISO 8601. */
export interface TaskAttempt {
  attempt: number;
  startTime: string;
}

/** The pipeline was checked, so its tasks are known. */
export function takeCheck(state: Writable<PipelineState>, check: PipelineCheck, plan: PipelinePlan): void {
  silenceIsOver(state);
  state.check = check;
  state.tasks = tasksAtFirst(plan);
}

/** The tasks of a pipeline before any of them has started. */
function tasksAtFirst({ phases }: PipelinePlan): TaskState[][] {
  return phases.map(({ tasks }) => tasks.map(({ skipped }) => ({ status: skipped ? 'skipped' : 'waiting' })));
}

export function taskStarts(state: PipelineState, place: TaskPlace, attempt: TaskAttempt): void {
  setTask(state, place, { status: 'running', ...attempt });
}

/** The attempt that counts has ended; its end is kept as far as there is room for it. */
export function taskEnds(
  state: PipelineState,
  place: TaskPlace,
  attempt: TaskAttempt & { endTime: string; end: TaskEnd },
): void {
  setTask(state, place, keepEnd(state, { status: 'ended', ...attempt }));
}

/** In place: a phase may have thousands of tasks. */
function setTask({ tasks }: PipelineState, { phase, index }: TaskPlace, task: TaskState): void {
  (tasks[phase] as TaskState[]).splice(index, 1, task);
}
