import { ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { BRIEF_PIPELINE_BYTES_MAX, boundPipeline, PIPELINE_BYTES_MAX } from '../../job/pipeline/bound-pipeline.js';
import { MAY_RUN_AFTER, PIPELINE_MEMO, type PipelineResult, type TaskResult } from '../../job/pipeline/result.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';
import { closingFailure, failure } from '../failures.js';
import { keepInMemo } from '../show/keep-in-memo.js';
import { checkStartTerms, TASK_TIMEOUT_INSTEAD } from '../prepare/start-terms.js';
import type { PipelineLife } from './pipeline-life.js';
import { cut } from '../../job/text/well-formed.js';

const NAMED_MAX = 3;
/** Each level of nested pipelines repeats what the level below it tells. */
const REASON_LENGTH_MAX = 300;

/** Runs a pipeline and closes it well: with its result, a typed failure, or a cancellation that was obeyed. */
export async function liveAndClosePipeline(life: PipelineLife, live: () => Promise<void>): Promise<PipelineResult> {
  try {
    checkStartTerms(TASK_TIMEOUT_INSTEAD);
    life.checkTakenOver();
    await live();
    await life.formerChildren.stopRest();
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    await life.formerChildren.stopRest();
    throw life.lastWord(isCancellation(error) ? canceled(life, error as TemporalFailure) : failed(life, error));
  }
  life.enter('closed');
  const bytesMax = isAskedToBeBrief() ? BRIEF_PIPELINE_BYTES_MAX : PIPELINE_BYTES_MAX;
  const course = life.course();
  const result = boundPipeline(course, bytesMax, life.state.truncated);
  const left = life.formerChildren.mayRunText();
  if (left !== '') throw failure('KillNotConfirmed', `All tasks are over, but ${left}`, result);
  if (result.status === 'error') throw failure('PipelineFailed', failureText(course), result);
  return result;
}

function failed(life: PipelineLife, error: unknown): TemporalFailure {
  life.enter('closed');
  return closingFailure(error);
}

/** All started tasks are over. A canceled workflow closes without details, so its course goes into the memo. */
function canceled(life: PipelineLife, cancellation: TemporalFailure): TemporalFailure {
  life.enter('canceled');
  if (!life.isChecked) return cancellation;
  const course = life.stoppedCourse();
  keepInMemo({ [PIPELINE_MEMO]: boundPipeline(course, BRIEF_PIPELINE_BYTES_MAX, life.state.truncated) });
  const mayRun = tasksOf(course).filter(({ error }) => error && MAY_RUN_AFTER.includes(error.type));
  const left = life.formerChildren.mayRunText();
  if (mayRun.length === 0 && left === '') return cancellation;
  const told = [...(mayRun.length > 0 ? [tasksText(mayRun)] : []), ...(left === '' ? [] : [left])].join('; ');
  const message = `Canceled, but not everything is confirmed to have stopped: ${told}`;
  return failure('KillNotConfirmed', message, boundPipeline(course, BRIEF_PIPELINE_BYTES_MAX, life.state.truncated));
}

function failureText(course: PipelineResult): string {
  const phase = course.phases.find(({ status }) => status === 'error');
  const failedTasks = phase?.tasks.filter(({ error }) => error !== undefined) ?? [];
  return `Pipeline "${course.name}" failed in phase "${phase?.name ?? ''}": ${tasksText(failedTasks)}`;
}

function tasksText(tasks: readonly TaskResult[]): string {
  const named = tasks
    .slice(0, NAMED_MAX)
    .map(({ id, error }) => `${id} (${error?.type}: ${cut(error?.message ?? '', REASON_LENGTH_MAX)})`);
  const left = tasks.length - named.length;
  return [...named, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

function tasksOf({ phases }: PipelineResult): TaskResult[] {
  return phases.flatMap(({ tasks }) => tasks);
}
