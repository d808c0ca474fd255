import { brief, briefMessage, briefStorage } from '../pipeline/brief.js';
import { jsonBytes } from '../bound-result.js';
import type { PipelineState, TaskState } from '../pipeline-state.js';
import type { TaskEnd } from '../pipeline/result.js';
import { cut } from '../text/well-formed.js';
import type { Writable } from './writable.js';

type EndedTask = Extract<TaskState, { status: 'ended' }>;

/** The result holds no more than this, which also bounds what continue-as-new carries. */
const KEPT_BYTES_MAX = 256 * 1024;
const REASONS_BYTES_MAX = 256 * 1024;
const REASON_LENGTH_MAX = 100;

/**
 * What is kept of how a task has ended. Thousands of answers would not fit: past the limit only those of failed tasks
 * are kept, as many as there is room for.
 */
export function keepEnd(state: Writable<PipelineState>, task: EndedTask): EndedTask {
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
    ...(error && { error: { type: error.type, message: briefMessage(error.message) } }),
  };
}

function bare({ status, attempt, end }: EndedTask, reason = ''): EndedTask {
  const error = end.error && { type: end.error.type, message: reason };
  return { status, attempt, end: { status: end.status, ...(error && { error }) } };
}

/** Even the failure messages of ten thousand tasks would not fit whole. */
function bareWithReason(state: Writable<PipelineState>, task: EndedTask): EndedTask {
  const reason = cut(task.end.error?.message ?? '', REASON_LENGTH_MAX);
  if (state.keptBytes + reason.length > KEPT_BYTES_MAX + REASONS_BYTES_MAX) return bare(task);
  state.keptBytes += jsonBytes(reason);
  return bare(task, reason);
}

function forgetAnswersOfSuccess(state: Writable<PipelineState>): void {
  state.keptBytes = 0;
  state.tasks = state.tasks.map((phase) => phase.map((task) => withoutAnswerOfSuccess(state, task)));
}

function withoutAnswerOfSuccess(state: Writable<PipelineState>, task: TaskState): TaskState {
  if (task.status !== 'ended') return task;
  if (!task.end.error) return bare(task);
  state.keptBytes += jsonBytes(task.end);
  return task;
}
