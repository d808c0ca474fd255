import { workflowInfo } from '@temporalio/workflow';

/** Whether this run came of a reset: the run that was given up had the first id, too. */
export function isReset(): boolean {
  const { runId, originalExecutionRunId } = workflowInfo();
  return runId !== originalExecutionRunId;
}

/** Whether this run, or one of its chain before it, came of a reset. */
export function wasReset(state: { wasReset?: true } | undefined): boolean {
  return isReset() || state?.wasReset === true;
}
