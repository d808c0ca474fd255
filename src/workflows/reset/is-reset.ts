import { workflowInfo } from '@temporalio/workflow';

/** Whether a reset made this run: such a run keeps the original id of the run that was given up. */
export function isReset(): boolean {
  const { runId, originalExecutionRunId } = workflowInfo();
  return runId !== originalExecutionRunId;
}

/** Whether a reset made this run, or one before it in its chain. */
export function wasReset(state: { wasReset?: true } | undefined): boolean {
  return isReset() || state?.wasReset === true;
}
