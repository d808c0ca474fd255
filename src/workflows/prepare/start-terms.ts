import { workflowInfo } from '@temporalio/workflow';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { failure } from '../failures.js';

/** What to do instead of setting a Temporal timeout. */
export const RUN_TIMEOUT_INSTEAD = 'Set runTimeout in its input instead: a job that exceeds it is stopped.';
export const NO_LIMIT_OF_STORAGE =
  'Remove the timeout: a Storage job cannot be stopped, so it has no runTimeout either.';
export const TASK_TIMEOUT_INSTEAD = 'Give its tasks a timeout, or its jobs a runTimeout, instead.';
export const NO_LIMIT_OF_ACTIONS =
  'Remove the timeout: an action ends by itself within 45 s, so it needs no runTimeout.';

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
  const why =
    'on timeout no workflow code runs, so nothing is stopped in Keboola, and the retry would start the same again';
  return `${workflowType} was started with a Temporal run or execution timeout and a retry policy: ${why}. ${instead}`;
}

/** A cron ends silently with its first run that continues as new. Each run that fails tells how to end the cron. */
function cronText(): string {
  const { namespace, workflowId, workflowType } = workflowInfo();
  const end = `temporal workflow terminate --workflow-id ${shellQuoted(workflowId)} --namespace ${shellQuoted(namespace)}`;
  const why = 'the cron would end silently when the workflow continues as new';
  return `${workflowType} was started with a cronSchedule: ${why}. Use a Temporal Schedule. To end this cron: ${end}`;
}
