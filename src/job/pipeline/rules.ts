import type { RetryReason, RetryRule } from './input.js';
import type { TaskPlan } from './plan.js';
import type { PhaseStatus, PipelineStatus, TaskEnd, TaskError } from './result.js';

/**
 * How a pipeline goes, after the orchestrator's rules: phases one after another, the tasks of a phase in parallel.
 *
 * A warning counts as failed, of a job as of a nested pipeline, unless its author has said `onWarning: 'accept'`.
 */
type Rule = Pick<TaskPlan, 'continueOnFailure'>;

/** What the ends of its tasks make of a phase. */
export function phaseStatus(tasks: readonly { rule: Rule; end: Pick<TaskEnd, 'error'> }[]): PipelineStatus {
  const failed = tasks.filter(({ end }) => end.error !== undefined);
  if (failed.length === 0) return 'success';
  return failed.every(({ rule }) => rule.continueOnFailure) ? 'warning' : 'error';
}

/** The same where somebody has stopped the pipeline: what was only stopped has not failed. */
export function stoppedPhaseStatus(tasks: readonly { rule: Rule; end: Pick<TaskEnd, 'error'> }[]): PipelineStatus {
  const errors = tasks.flatMap(({ end: { error } }) => (error ? [error] : []));
  const isOnlyStopped = errors.length > 0 && errors.every(({ type }) => type === 'Canceled');
  return isOnlyStopped ? 'cancelled' : phaseStatus(tasks);
}

/** Whether the phase after one that ended so may start. */
export function nextPhaseStarts(status: PhaseStatus): boolean {
  return status === 'success' || status === 'warning' || status === 'skipped';
}

/** What its phases make of a pipeline; those that have not started say nothing. */
export function pipelineStatus(phases: readonly PhaseStatus[]): PipelineStatus {
  if (phases.includes('error')) return 'error';
  return phases.includes('warning') ? 'warning' : 'success';
}

/** The failures that an author may want tried again: in all of them the job, or the action, has provably ended. */
const REASONS: Partial<Record<TaskError['type'], RetryReason>> = {
  JobApplicationError: 'application',
  ActionApplicationError: 'application',
  JobError: 'unknown',
  StorageJobFailed: 'unknown',
  JobTerminated: 'terminated',
  JobTimedOut: 'timeout',
  ActionTimedOut: 'timeout',
  JobWarning: 'warning',
};

/** Whether a failed task is to be tried again: only where its author has asked for it by name. */
export function mayTryAgain(retry: RetryRule | undefined, attempt: number, { error }: Pick<TaskEnd, 'error'>): boolean {
  const reason = error && REASONS[error.type];
  return retry !== undefined && reason !== undefined && attempt < retry.attempts && retry.on.includes(reason);
}
