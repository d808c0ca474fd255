import { ATTEMPTS_MAX, MAX_PARALLEL_MAX, PHASES_MAX, TASKS_MAX, type PipelineInput } from '../pipeline/input.js';
import { planOf, type PipelineCheck } from '../pipeline/plan.js';
import { taskEnd } from '../pipeline/result-guard.js';
import type { TaskEnd } from '../pipeline/result.js';
import type { PipelineState, TaskState } from '../pipeline-state.js';
import {
  atLeast,
  count,
  fields,
  json,
  list,
  moment,
  number,
  numberBetween,
  oneOf,
  optional,
  plainRunId,
  text,
  wholeBetween,
  yes,
  type Guard,
} from '../guard/guards.js';
import { outage } from './outage-guard.js';

const attempt = wholeBetween(1, ATTEMPTS_MAX);
const end = fields<TaskEnd>(taskEnd);

const notBegun = fields<Pick<TaskState, 'status'>>({ status: oneOf('waiting', 'skipped') });
const ended = fields<Extract<TaskState, { status: 'ended' }>>({
  status: oneOf('ended'),
  attempt,
  startTime: optional(text),
  endTime: optional(text),
  end,
});

/** A running task is never handed on: a pipeline continues as new only while no task runs. */
const task: Guard<TaskState> = (value, at) => (notBegun(value, at) === undefined ? undefined : ended(value, at));

const state = fields<PipelineState>({
  attemptsBefore: count,
  fenceSeed: text,
  check: optional(fields<PipelineCheck>({ maxParallel: numberBetween(1, MAX_PARALLEL_MAX) })),
  outage,
  leftAtMs: optional(moment),
  tasks: list(list(task, TASKS_MAX), PHASES_MAX),
  keptBytes: number,
  truncated: optional(yes),
  wasReset: optional(yes),
});

/** The part of a pipeline's input that is checked here; its tasks are checked when the pipeline is planned. */
interface Outline {
  name: string;
  phases: { name: string; tasks: object[] }[];
  parentRunId?: string;
}

const outline = atLeast<Outline>({
  name: text,
  phases: list(atLeast<Outline['phases'][number]>({ name: text, tasks: list(json, TASKS_MAX) }), PHASES_MAX),
  parentRunId: optional(plainRunId),
});

/** The state that a pipeline may take over from the previous run. If that run has checked the input, both must fit. */
export function pipelineGuard(given: unknown): Guard<PipelineState> {
  return (value, at) => {
    const problem = state(value, at);
    if (problem !== undefined) return problem;
    const { check, tasks } = value as PipelineState;
    if (!check) return undefined;
    const wrongInput = outline(given, '');
    if (wrongInput !== undefined) return `the input: ${wrongInput}`;
    if (!isPlannable(given, check)) return 'the input: expected a pipeline';
    return isAsLong(given as Outline, tasks) ? undefined : 'tasks: expected those of the input';
  };
}

/** A checked input always is. Any other input may hold anything, at any depth. */
function isPlannable(given: unknown, check: PipelineCheck): boolean {
  try {
    planOf(given as PipelineInput, check);
    return true;
  } catch {
    return false;
  }
}

function isAsLong({ phases }: Outline, tasks: PipelineState['tasks']): boolean {
  return phases.length === tasks.length && phases.every((phase, at) => phase.tasks.length === tasks[at]?.length);
}
