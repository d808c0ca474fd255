import {
  ATTEMPTS_MAX,
  MAX_PARALLEL_MAX,
  PHASES_MAX,
  TASKS_MAX,
  type PhaseInput,
  type PipelineInput,
} from '../pipeline/input.js';
import { planOf, type PipelineCheck } from '../pipeline/plan.js';
import type { TaskEnd, TaskError, TaskResult } from '../pipeline/result.js';
import type { PipelineState, TaskState } from '../pipeline/state.js';
import { FINAL_STATUSES } from '../wait/status.js';
import {
  anything,
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
  yes,
  type Guard,
} from './guards.js';
import { outage } from './outage-guard.js';

interface Named {
  jobId: string;
}

const named = optional(atLeast<Named>({ jobId: text }));
const attempt = numberBetween(1, ATTEMPTS_MAX);

const end = fields<TaskEnd>({
  status: oneOf(...FINAL_STATUSES, 'not-started', 'skipped'),
  job: named as Guard<TaskResult['job']>,
  pipeline: optional(json) as Guard<TaskResult['pipeline']>,
  storage: named as Guard<TaskResult['storage']>,
  action: anything as Guard<TaskResult['action']>,
  error: optional(atLeast<{ type: string; message: string }>({ type: text, message: text })) as Guard<
    TaskError | undefined
  >,
});

const notBegun = fields<Pick<TaskState, 'status'>>({ status: oneOf('waiting', 'skipped') });
const ended = fields<Extract<TaskState, { status: 'ended' }>>({
  status: oneOf('ended'),
  attempt,
  startTime: optional(text),
  endTime: optional(text),
  end,
});

/** A task that runs is never handed on: a pipeline goes on only when none does. */
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

const input = atLeast<PipelineInput>({
  name: text,
  phases: list(
    atLeast<PhaseInput>({
      name: text,
      enabled: anything as Guard<boolean | undefined>,
      tasks: list(json, TASKS_MAX) as unknown as Guard<PhaseInput['tasks']>,
    }),
    PHASES_MAX,
  ),
  maxParallel: anything as Guard<number | undefined>,
  parentRunId: optional(plainRunId),
});

/** What a pipeline may take over from the run before, which has checked the input by then. */
export function pipelineGuard(given: unknown): Guard<PipelineState> {
  return (value, at) => {
    const problem = state(value, at);
    if (problem !== undefined) return problem;
    const { check, tasks } = value as PipelineState;
    if (!check) return undefined;
    const wrongInput = input(given, '');
    if (wrongInput !== undefined) return `the input: ${wrongInput}`;
    if (!isPlannable(given as PipelineInput, check)) return 'the input: expected a pipeline';
    return isAsLong(given as PipelineInput, tasks) ? undefined : 'tasks: expected those of the input';
  };
}

/** A checked input always is; any other may be anything in any depth. */
function isPlannable(given: PipelineInput, check: PipelineCheck): boolean {
  try {
    planOf(given, check);
    return true;
  } catch {
    return false;
  }
}

function isAsLong({ phases }: PipelineInput, tasks: PipelineState['tasks']): boolean {
  return phases.length === tasks.length && phases.every((phase, at) => phase.tasks.length === tasks[at]?.length);
}
