import {
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { isFailureType } from '../job/failure-types.js';
import type { PipelineResult, TaskError } from '../job/pipeline/result.js';
import type { TaskEnd } from '../job/pipeline/rules.js';
import type { JobResult } from '../job/result.js';
import { durationText } from '../job/time-text.js';
import { readChildJob } from './activities.js';
import { reasonOf } from './failures.js';
import type { PipelineLife, PlacedTask } from './pipeline-life.js';

const LIVES = 'what it has started in Keboola was not stopped by this';

/** A task whose workflow completed. A nested pipeline that ended with a warning has failed, as a job with one has. */
export function completedEnd({ plan }: PlacedTask, value: JobResult | PipelineResult): TaskEnd {
  if (plan.kind === 'job') return { status: (value as JobResult).status, job: value as JobResult };
  const pipeline = value as PipelineResult;
  if (pipeline.status !== 'warning') return { status: 'success', pipeline };
  const message = 'Tasks of the nested pipeline have failed, and it went on.';
  return { status: 'warning', pipeline, error: { type: 'PipelineWarning', message } };
}

interface Attempt {
  workflowId: string;
  /** It was cancelled because its time was up. */
  timedOut: boolean;
}

/** A task whose workflow did not complete, or could not be started. */
export async function failedEnd(
  life: PipelineLife,
  task: PlacedTask,
  attempt: Attempt,
  thrown: unknown,
): Promise<TaskEnd> {
  const cause = thrown instanceof ChildWorkflowFailure ? thrown.cause : thrown;
  if (cause instanceof CancelledFailure) {
    // With the whole pipeline cancelled, each of its workflows tells by itself what became of it.
    return life.cancelled ? canceledEnd({}) : await stoppedEnd(task, attempt);
  }
  if (cause instanceof ApplicationFailure) return applicationEnd(task, cause);
  if (cause instanceof TerminatedFailure) return errorEnd('Terminated', `Its workflow was terminated; ${LIVES}.`);
  if (cause instanceof TimeoutFailure) return errorEnd('TimedOut', `Its workflow ran into its time limit; ${LIVES}.`);
  return errorEnd('Failed', reasonOf(cause));
}

/** Stopped by its own timeout, in Temporal, or in Keboola. */
async function stoppedEnd({ plan }: PlacedTask, { workflowId, timedOut }: Attempt): Promise<TaskEnd> {
  const { job, pipeline } = await readChildJob
    .executeWithOptions({ summary: `What became of ${plan.id}` }, [workflowId])
    .catch(() => ({ job: undefined, pipeline: undefined }));
  const known = { ...(job && { job }), ...(pipeline && { pipeline }) };
  if (!timedOut) return canceledEnd(known);
  // It had ended well before the stop took effect: that is what counts.
  if (job?.status === 'success') return { status: 'success', job };
  const limit = durationText(plan.timeoutMs ?? 0);
  const error: TaskError = { type: 'JobTimedOut', message: `It was over its timeout (${limit}) and was stopped.` };
  return { status: job?.status ?? 'cancelled', ...known, error };
}

function canceledEnd(known: Pick<TaskEnd, 'job' | 'pipeline'>): TaskEnd {
  const { job } = known;
  if (job?.outcome === 'stopped-by-other') {
    const message = `Job ${job.jobId} was stopped by ${job.terminatedBy ?? 'somebody else'}.`;
    return { status: job.status, ...known, error: { type: 'JobTerminated', message } };
  }
  const message = job ? `Canceled; its job ended ${job.status} (${job.outcome}).` : 'Canceled.';
  return { status: 'cancelled', ...known, error: { type: 'Canceled', message } };
}

function applicationEnd({ plan }: PlacedTask, { type, message, details }: ApplicationFailure): TaskEnd {
  const error: TaskError = { type: isFailureType(type) ? type : 'Failed', message };
  const [detail] = details ?? [];
  if (plan.kind === 'pipeline') {
    return { status: 'error', ...(isPipelineResult(detail) && { pipeline: detail }), error };
  }
  return isJobResult(detail) ? { status: detail.status, job: detail, error } : { status: 'error', error };
}

function errorEnd(type: TaskError['type'], message: string): TaskEnd {
  return { status: 'error', error: { type, message } };
}

function isJobResult(value: unknown): value is JobResult {
  return typeof value === 'object' && value !== null && 'jobId' in value && 'outcome' in value;
}

function isPipelineResult(value: unknown): value is PipelineResult {
  return typeof value === 'object' && value !== null && 'rootRunId' in value && 'phases' in value;
}
