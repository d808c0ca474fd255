import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  ChildWorkflowFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { isFailureType } from '../../job/failure/failure-types.js';
import { KINDS } from '../../job/pipeline/kinds.js';
import type { TaskEnd, TaskError } from '../../job/pipeline/result.js';
import type { CanceledChild } from '../../job/remote-steps.js';
import { durationText } from '../../job/text/time-text.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { readChildJob } from '../activities.js';
import { reasonOf } from '../failures.js';
import type { PlacedTask } from './pipeline-life.js';

const NOT_OURS = 'was started by somebody else and is still running';

interface Attempt {
  workflowId: string;
  /** It was cancelled because its time was up. */
  timedOut: boolean;
}

/** The end of a task whose workflow did not complete, or could not be started. */
export async function failedEnd(task: PlacedTask, attempt: Attempt, thrown: unknown): Promise<TaskEnd> {
  const cause = thrown instanceof ChildWorkflowFailure ? thrown.cause : thrown;
  if (cause instanceof CancelledFailure) {
    const { kind, id } = task.plan;
    const became = await whatBecame(id, attempt.workflowId);
    const { goesOn } = KINDS[kind];
    return goesOn && !became.notOurs ? leftEnd(task, attempt, became, goesOn) : stoppedEnd(task, attempt, became);
  }
  if (cause instanceof ApplicationFailure) return applicationEnd(task, cause);
  if (cause instanceof TerminatedFailure) return cutOffEnd(task, attempt, 'Terminated', 'was terminated');
  if (cause instanceof TimeoutFailure) return cutOffEnd(task, attempt, 'TimedOut', 'ran into its time limit');
  return { status: 'error', error: { type: 'Failed', message: reasonOf(cause) } };
}

/** The task was stopped by its own timeout, in Temporal, or in Keboola; or before it had started anything. */
function stoppedEnd(task: PlacedTask, attempt: Attempt, { job, failure, pipeline }: CanceledChild): TaskEnd {
  const { plan } = task;
  const { timedOut } = attempt;
  if (job?.outcome === 'left-alone') return goesOnEnd(task, attempt, job, `job ${job.jobId} ${NOT_OURS}`);
  const known = { ...(job && { job }), ...(pipeline && { pipeline }) };
  if (!timedOut) return canceledEnd(known);
  // The job had ended before the stop took effect, so its own end counts.
  if (job?.outcome === 'finished-first') return { status: job.status, job, ...(failure && { error: failure }) };
  const limit = durationText(plan.timeoutMs ?? 0);
  const error: TaskError = { type: 'JobTimedOut', message: `It exceeded its timeout (${limit}) and was stopped.` };
  return { status: job?.status ?? 'cancelled', ...known, error };
}

/** Nobody could stop what the task has asked for, so it must not be asked for again. */
function leftEnd(
  task: PlacedTask,
  attempt: Attempt,
  { job }: CanceledChild,
  goesOn: (jobId: string | undefined) => string,
): TaskEnd {
  const hasEnded = job?.outcome === 'finished-first';
  const became = hasEnded ? `job ${job.jobId} had already ended as ${job.status}` : goesOn(job?.jobId);
  return goesOnEnd(task, attempt, job, became);
}

function goesOnEnd({ plan }: PlacedTask, { timedOut }: Attempt, job: CanceledChild['job'], goesOn: string): TaskEnd {
  const why = timedOut ? `It exceeded its timeout (${durationText(plan.timeoutMs ?? 0)})` : 'Canceled';
  const error: TaskError = { type: timedOut ? 'TimedOut' : 'Canceled', message: `${why}; ${goesOn}.` };
  return { status: 'cancelled', ...asFarAsKnown(job), error };
}

/** No code of the task's workflow could run any more, so what it had started was not stopped. */
async function cutOffEnd(
  { plan }: PlacedTask,
  { workflowId }: Attempt,
  type: 'Terminated' | 'TimedOut',
  what: string,
): Promise<TaskEnd> {
  const { job } = await whatBecame(plan.id, workflowId);
  const error: TaskError = { type, message: `Its workflow ${what}; ${becameText(job)}.` };
  return { status: 'error', ...asFarAsKnown(job), error };
}

function becameText(job: CanceledChild['job']): string {
  if (!job) return 'that did not stop what it had started in Keboola';
  const { jobId, status } = job;
  if (status === undefined) return `that did not stop job ${jobId}`;
  if (isFinalStatus(status)) return `job ${jobId} had already ended as ${status}`;
  return `that did not stop job ${jobId} (last seen ${status})`;
}

/** A job that was left alone has no result; if it had ended, there is nothing left of it either. */
function asFarAsKnown(job: CanceledChild['job']): Pick<TaskEnd, 'job' | 'left'> {
  if (!job) return {};
  if (job.outcome !== 'left-alone') return { job };
  return job.status !== undefined && isFinalStatus(job.status) ? {} : { left: job };
}

/** Asked although the pipeline is cancelled: whoever cancelled it wants to know what became of its jobs. */
async function whatBecame(taskId: string, workflowId: string): Promise<CanceledChild> {
  const summary = `What became of ${taskId}`;
  const read = (): Promise<CanceledChild> => readChildJob.executeWithOptions({ summary }, [workflowId]);
  return await CancellationScope.nonCancellable(read).catch(() => ({}));
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
  return { status: 'error', ...KINDS[plan.kind].failed(details?.[0]), error };
}
