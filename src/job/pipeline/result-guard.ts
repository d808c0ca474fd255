import type { ActionAnswer } from '../action-outcome.js';
import { isFailureType } from '../failure/failure-types.js';
import {
  absent,
  anything,
  atLeast,
  isPassedBy,
  list,
  number,
  oneOf,
  openWord,
  optional,
  text,
  textThat,
  yes,
  type Guard,
  type Guards,
} from '../guard/guards.js';
import { statusCounts } from '../guard/job-parts.js';
import { jobResult, leftJob } from '../guard/job-result.js';
import { storageResult } from '../storage/result.js';
import { FINAL_STATUSES } from '../wait/status.js';
import { DEPTH_MAX, PHASES_MAX, TASKS_MAX } from './input.js';
import {
  OTHER_ERRORS,
  type PhaseResult,
  type PipelineResult,
  type TaskEnd,
  type TaskError,
  type TaskResult,
} from './result.js';

const error = atLeast<TaskError>({ type: openWord<TaskError['type']>(), message: text });

const actionAnswer = atLeast<ActionAnswer>({ answer: anything, truncated: optional(yes) });

const ofOne: Omit<Guards<TaskEnd>, 'pipeline'> = {
  status: openWord<TaskEnd['status']>(),
  job: optional(jobResult),
  left: optional(leftJob),
  storage: optional(storageResult),
  action: optional(actionAnswer),
  error: optional(error),
};

/**
 * The fields that say how a task's attempt ended, as a pipeline hands them on to its own next run. Only the words of
 * this version are accepted.
 */
export const taskEnd: Guards<TaskEnd> = {
  ...ofOne,
  error: optional(atLeast<TaskError>({ type: textThat(isErrorType, 'a type of failure'), message: text })),
  status: oneOf(...FINAL_STATUSES, 'not-started', 'skipped'),
  pipeline: optional(resultAt(2)),
};

const pipelineResult = resultAt(1);

/** Whether a workflow's result, or the details of its failure, is a `PipelineResult`; both may be anything. */
export function isPipelineResult(value: unknown): value is PipelineResult {
  return isPassedBy(pipelineResult, value);
}

/** Whether a workflow's result is the answer of an action, as a pipeline gets it. */
export function isActionAnswer(value: unknown): value is ActionAnswer {
  return isPassedBy(actionAnswer, value);
}

/** @param level 1 for the outermost pipeline; results nested deeper than pipelines may be are refused. */
function resultAt(level: number): Guard<PipelineResult> {
  return (value, at) => {
    const pipeline = level < DEPTH_MAX ? optional(resultAt(level + 1)) : absent;
    const task = atLeast<TaskResult>({ id: text, attempts: optional(number), ...ofOne, pipeline });
    const phase = atLeast<PhaseResult>({
      name: text,
      status: openWord<PhaseResult['status']>(),
      tasks: list(task, TASKS_MAX),
      counts: optional(statusCounts),
    });
    return atLeast<PipelineResult>({
      name: text,
      status: openWord<PipelineResult['status']>(),
      rootRunId: text,
      phases: list(phase, PHASES_MAX),
      truncated: optional(yes),
    })(value, at);
  };
}

function isErrorType(type: string): type is TaskError['type'] {
  return isFailureType(type) || (OTHER_ERRORS as readonly string[]).includes(type);
}
