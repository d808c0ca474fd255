import { workflowInfo } from '@temporalio/workflow';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { failure } from '../failures.js';

/** What to do instead of setting a Temporal timeout. */
export const RUN_TIMEOUT_INSTEAD = 'Give its input a runTimeout instead: a job that is over it is stopped.';
export const NO_LIMIT_OF_STORAGE =
  'Leave the limit out: nobody can stop a job of Storage, so there is no runTimeout for it either.';
export const TASK_TIMEOUT_INSTEAD = 'Give its tasks a timeout, or its jobs a runTimeout, instead.';
export const NO_LIMIT_OF_ACTIONS =
  'Leave the limit out: an action ends by itself within 45 s, so there is no runTimeout for it.';

/**
 * Refuses the options under which Temporal started a workflow if they could break what the workflow promises.
 *
 * @param instead what to do instead of a time limit, for a workflow that creates something; one that only asks may be
 * repeated.
 * @throws ApplicationFailure `InvalidInput`, before anything has happened.
 */
export function checkStartTerms(instead?: string): void {
  const { cronSchedule } = workflowInfo();
  if (cronSchedule !== undefined) throw failure('InvalidInput', cronText());
  if (instead !== undefined && hasTimeLimit() && mayBeRetried()) throw failure('InvalidInput', timeLimitText(instead));
}

/** When such a limit strikes, no code runs, and a retry by Temporal makes a second job beside the one that goes on. */
function hasTimeLimit(): boolean {
  const { runTimeoutMs = 0, executionTimeoutMs = 0 } = workflowInfo();
  return runTimeoutMs > 0 || executionTimeoutMs > 0;
}

function mayBeRetried(): boolean {
  const { retryPolicy } = workflowInfo();
  return retryPolicy !== undefined && retryPolicy.maximumAttempts !== 1;
}

function timeLimitText(instead: string): string {
  const { workflowType } = workflowInfo();
  const why = 'when the limit strikes no code runs and nothing is stopped, and a retry would do the same beside it';
  return `${workflowType} was started with a run or execution timeout of Temporal's together with a retry policy: ${why}. ${instead}`;
}

/** A cron ends silently with its first run that continues as new. Each run that fails tells how to end the cron. */
function cronText(): string {
  const { namespace, workflowId, workflowType } = workflowInfo();
  const end = `temporal workflow terminate --workflow-id ${shellQuoted(workflowId)} --namespace ${shellQuoted(namespace)}`;
  const why = 'it would end without a word when a wait goes on in a new run';
  return `${workflowType} was started with a cronSchedule: ${why}. Use a schedule of Temporal's. To end this cron: ${end}`;
}
