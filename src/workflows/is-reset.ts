import { workflowInfo } from '@temporalio/workflow';

/** Whether this run came of a reset: the run that was given up had the first id, too. */
export function isReset(): boolean {
  const { runId, originalExecutionRunId } = workflowInfo();
  return runId !== originalExecutionRunId;
}
