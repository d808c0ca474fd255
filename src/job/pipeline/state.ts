import { boundResult, jsonBytes } from '../bound-result.js';
import type { JobResult } from '../result.js';
import type { PipelinePlan } from './plan.js';
import type { PhaseStatus, PipelineResult, TaskResult } from './result.js';
import { phaseStatus, pipelineStatus, type TaskEnd } from './rules.js';

/** Where a task is; the last of its attempts counts. */
export type TaskState =
  | { status: 'waiting' }
  | { status: 'running'; attempt: number; startTime: string }
  | { status: 'ended'; attempt: number; startTime: string; endTime: string; end: TaskEnd };

/** All that a pipeline knows of its course, as plain data: it is handed on whole when it goes on in a new run. */
export interface PipelineState {
  /** The run id that its run id is made of; the same in all runs of one chain. */
  fenceSeed: string;
  plan?: PipelinePlan;
  /** By phase and task. */
  tasks: TaskState[][];
  /** Bytes of the answers that are kept. */
  keptBytes: number;
  /** Some were not kept. */
  truncated?: true;
}

/** What is kept of a job that is one of many. */
export const BRIEF_RESULT_BYTES_MAX = 2 * 1024;
const MESSAGE_LENGTH_MAX = 1_000;
/** The result holds no more of them; what goes on in a new run is bounded by it too. */
const KEPT_BYTES_MAX = 256 * 1024;

export function newPipelineState(fenceSeed: string): PipelineState {
  return { fenceSeed, tasks: [], keptBytes: 0 };
}

/** A view of a job, or its result, as it is told where many are told together. */
export function brief<T extends Pick<JobResult, 'result' | 'truncated' | 'message'>>(job: T): T {
  const { result, message, ...rest } = job;
  return {
    ...(rest as T),
    ...(message !== undefined && { message: message.slice(0, MESSAGE_LENGTH_MAX) }),
    ...boundResult(result, BRIEF_RESULT_BYTES_MAX),
  };
}

/** Takes in how a task has ended. Thousands of answers would not fit: then only what has failed is kept. */
export function keepEnd(state: PipelineState, end: TaskEnd): TaskEnd {
  const kept: TaskEnd = end.job ? { ...end, job: brief(end.job) } : end;
  const bytes = jsonBytes(kept);
  if (state.keptBytes + bytes <= KEPT_BYTES_MAX) {
    state.keptBytes += bytes;
    return kept;
  }
  state.truncated = true;
  return { status: end.status, ...(end.error && { error: end.error }) };
}

/** The whole course, not bounded yet. Needs a plan. */
export function courseOf(plan: PipelinePlan, state: PipelineState, rootRunId: string): PipelineResult {
  const phases = plan.phases.map((phase, at) => ({
    name: phase.name,
    status: statusOfPhase(plan, state, at),
    tasks: phase.tasks.map(({ id }, index) => taskResult(id, state.tasks[at]?.[index])),
  }));
  return { name: plan.name, status: pipelineStatus(phases.map(({ status }) => status)), rootRunId, phases };
}

/** Of a phase that has ended, or has not started. */
export function statusOfPhase(plan: PipelinePlan, { tasks }: PipelineState, phase: number): PhaseStatus {
  const rules = plan.phases[phase]?.tasks ?? [];
  const ended = rules.flatMap((rule, at) => {
    const task = tasks[phase]?.[at];
    return task?.status === 'ended' ? [{ rule, end: task.end }] : [];
  });
  return ended.length === 0 ? 'not-started' : phaseStatus(ended);
}

function taskResult(id: string, task: TaskState | undefined): TaskResult {
  if (task?.status !== 'ended') return { id, status: 'not-started' };
  return { id, ...task.end, ...(task.attempt > 1 && { attempts: task.attempt }) };
}
