import type { RetryReason, RetryRule } from './input.js';
import type { TaskPlan } from './plan.js';
import type { PhaseStatus, PipelineStatus, TaskEnd, TaskError } from './result.js';

/**
 * How a pipeline runs, by the orchestrator's rules: phases one after another, the tasks of a phase in parallel.
 *
 * A warning of a job or of a nested pipeline counts as a failure unless the author has said `onWarning: 'accept'`.
 */
type Rule = Pick<TaskPlan, 'continueOnFailure'>;

/** The status of a phase, from how its tasks have ended. */
export function phaseStatus(tasks: readonly { rule: Rule; end: Pick<TaskEnd, 'error'> }[]): PipelineStatus {
  const failed = tasks.filter(({ end }) => end.error !== undefined);
  if (failed.length === 0) return 'success';
  return failed.every(({ rule }) => rule.continueOnFailure) ? 'warning' : 'error';
}

/** The same after somebody has stopped the pipeline: a task that was only stopped has not failed. */
export function stoppedPhaseStatus(tasks: readonly { rule: Rule; end: Pick<TaskEnd, 'error'> }[]): PipelineStatus {
  const errors = tasks.flatMap(({ end: { error } }) => (error ? [error] : []));
  const isOnlyStopped = errors.length > 0 && errors.every(({ type }) => type === 'Canceled');
  return isOnlyStopped ? 'cancelled' : phaseStatus(tasks);
}

/** Whether the next phase may start after one that ended with this status. */
export function nextPhaseStarts(status: PhaseStatus): boolean {
  return status === 'success' || status === 'warning' || status === 'skipped';
}

/** The status of a pipeline, from those of its phases; phases that have not started do not count. */
export function pipelineStatus(phases: readonly PhaseStatus[]): PipelineStatus {
  if (phases.includes('error')) return 'error';
  return phases.includes('warning') ? 'warning' : 'success';
}

/** The failures that an author may want to retry: in all of them the job or the action has provably ended. */
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

/** Whether to retry a failed task: only if its author has asked for this reason by name. */
export function mayTryAgain(retry: RetryRule | undefined, attempt: number, { error }: Pick<TaskEnd, 'error'>): boolean {
  const reason = error && REASONS[error.type];
  return retry !== undefined && reason !== undefined && attempt < retry.attempts && retry.on.includes(reason);
}
