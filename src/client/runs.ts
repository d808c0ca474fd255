import type { WorkflowExecutionDescription } from '@temporalio/client';

/** Whether a workflow is open. */
export function runs({ status }: WorkflowExecutionDescription): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED';
}
