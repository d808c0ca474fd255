import { boundResult, jsonBytes } from '../bound-result.js';
import type { JobResult } from '../result.js';
import type { StorageTaskResult } from '../storage/result.js';
import type { Outage } from '../wait/outage.js';
import type { PipelineCheck, PipelinePlan } from './plan.js';
import type { PhaseStatus, PipelineResult, TaskEnd, TaskResult } from './result.js';
import { phaseStatus, pipelineStatus, stoppedPhaseStatus } from './rules.js';
import { cut } from '../text/well-formed.js';

/** The state of a task; its last attempt counts. */
export type TaskState =
  | { status: 'waiting' }
  /** The author has switched the task off. */
  | { status: 'skipped' }
  | { status: 'running'; attempt: number; startTime: string }
  /** The times are absent if not everything was kept. */
  | { status: 'ended'; attempt: number; startTime?: string; endTime?: string; end: TaskEnd };

type EndedTask = Extract<TaskState, { status: 'ended' }>;

/** All that a pipeline knows of its course, as plain data: continue-as-new hands it on whole. */
export interface PipelineState {
  /** Attempts of the workflow that earlier runs have used up; see `src/workflows/continue-as-new.ts`. */
  attemptsBefore: number;
  /** The pipeline's run id is derived from this run id, which is the same in all runs of one chain. */
  fenceSeed: string;
  check?: PipelineCheck;
  /** The outage of Keboola that lasts while the pipeline is being checked. */
  outage?: Outage;
  /** When the previous run ended, by the clock of its waits, epoch milliseconds. */
  leftAtMs?: number;
  /** By phase and task. */
  tasks: TaskState[][];
  /** Bytes of the answers that were kept. */
  keptBytes: number;
  /** Some answers were dropped. */
  truncated?: true;
  /** A run of the chain came from a reset, so there may be children that no history mentions. */
  wasReset?: true;
}

/** What is kept of a job that is one of many. */
export const BRIEF_RESULT_BYTES_MAX = 2 * 1024;
const MESSAGE_LENGTH_MAX = 1_000;
/** The result holds no more than this, which also bounds what continue-as-new carries. */
const KEPT_BYTES_MAX = 256 * 1024;
const REASONS_BYTES_MAX = 256 * 1024;
const REASON_LENGTH_MAX = 100;

export function newPipelineState(fenceSeed: string): PipelineState {
  return { attemptsBefore: 0, fenceSeed, tasks: [], keptBytes: 0 };
}

/** The tasks of a pipeline before any of them has started. */
export function tasksAtFirst({ phases }: PipelinePlan): TaskState[][] {
  return phases.map(({ tasks }) => tasks.map(({ skipped }) => ({ status: skipped ? 'skipped' : 'waiting' })));
}

/** Shortens a job view or a result that is reported together with many others. */
export function brief<T extends Pick<JobResult, 'result' | 'truncated' | 'message' | 'log' | 'details'>>(job: T): T {
  const { result, message, log: _log, details: _details, ...rest } = job;
  return {
    ...(rest as T),
    ...(message !== undefined && { message: cut(message, MESSAGE_LENGTH_MAX) }),
    ...boundResult(result, BRIEF_RESULT_BYTES_MAX),
  };
}

/**
 * What is kept of how a task has ended. Thousands of answers would not fit: past the limit only those of failed tasks
 * are kept, as many as there is room for.
 */
export function keepEnd(state: PipelineState, task: EndedTask): EndedTask {
  const kept: EndedTask = { ...task, end: briefEnd(task.end) };
  const bytes = jsonBytes(kept.end);
  if (state.truncated && !kept.end.error) return bare(kept);
  if (state.keptBytes + bytes <= KEPT_BYTES_MAX) {
    state.keptBytes += bytes;
    return kept;
  }
  if (state.truncated) return bareWithReason(state, kept);
  state.truncated = true;
  forgetAnswersOfSuccess(state);
  return keepEnd(state, task);
}

function briefEnd(end: TaskEnd): TaskEnd {
  const { job, storage, error } = end;
  return {
    ...end,
    ...(job && { job: brief(job) }),
    ...(storage && { storage: briefStorage(storage) }),
    ...(error && { error: { type: error.type, message: cut(error.message, MESSAGE_LENGTH_MAX) } }),
  };
}

function briefStorage<T extends StorageTaskResult>(told: T): T {
  const { results, ...rest } = told;
  const { result, truncated } = boundResult(results, BRIEF_RESULT_BYTES_MAX);
  return { ...(rest as T), ...(result !== undefined && { results: result }), ...(truncated && { truncated }) };
}

function bare({ status, attempt, end }: EndedTask, reason = ''): EndedTask {
  const error = end.error && { type: end.error.type, message: reason };
  return { status, attempt, end: { status: end.status, ...(error && { error }) } };
}

/** Even the failure messages of ten thousand tasks would not fit whole. */
function bareWithReason(state: PipelineState, task: EndedTask): EndedTask {
  const reason = cut(task.end.error?.message ?? '', REASON_LENGTH_MAX);
  if (state.keptBytes + reason.length > KEPT_BYTES_MAX + REASONS_BYTES_MAX) return bare(task);
  state.keptBytes += jsonBytes(reason);
  return bare(task, reason);
}

function forgetAnswersOfSuccess(state: PipelineState): void {
  state.keptBytes = 0;
  state.tasks = state.tasks.map((phase) => phase.map((task) => withoutAnswerOfSuccess(state, task)));
}

function withoutAnswerOfSuccess(state: PipelineState, task: TaskState): TaskState {
  if (task.status !== 'ended') return task;
  if (!task.end.error) return bare(task);
  state.keptBytes += jsonBytes(task.end);
  return task;
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

/** The course of a pipeline that somebody has stopped. */
export function stoppedCourseOf(plan: PipelinePlan, state: PipelineState, rootRunId: string): PipelineResult {
  const course = courseOf(plan, state, rootRunId);
  const phases = course.phases.map((phase, at) => ({ ...phase, status: statusOfPhase(plan, state, at, true) }));
  return { ...course, status: 'cancelled', phases };
}

/** The status of a phase that has ended, has not started, or has nothing to start. */
export function statusOfPhase(
  plan: PipelinePlan,
  { tasks }: PipelineState,
  phase: number,
  isStopped = false,
): PhaseStatus {
  const rules = plan.phases[phase]?.tasks ?? [];
  if (rules.length > 0 && rules.every(({ skipped }) => skipped)) return 'skipped';
  const ended = rules.flatMap((rule, at) => {
    const task = tasks[phase]?.[at];
    return task?.status === 'ended' ? [{ rule, end: task.end }] : [];
  });
  if (ended.length === 0) return 'not-started';
  return isStopped ? stoppedPhaseStatus(ended) : phaseStatus(ended);
}

function taskResult(id: string, task: TaskState | undefined): TaskResult {
  if (task?.status === 'skipped') return { id, status: 'skipped' };
  if (task?.status !== 'ended') return { id, status: 'not-started' };
  return { id, ...task.end, ...(task.attempt > 1 && { attempts: task.attempt }) };
}
