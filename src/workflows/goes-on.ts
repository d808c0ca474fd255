import { workflowInfo } from '@temporalio/workflow';

/**
 * Whether this run goes on from another one, so that the state it was given is one that we wrote; a client could pass
 * anything. A retry is no such run, although Temporal links it in the same way and gives it the input of the run that has
 * failed, state included: it begins anew.
 */
export function goesOnFromAnotherRun(): boolean {
  const { attempt, continuedFromExecutionRunId } = workflowInfo();
  return continuedFromExecutionRunId !== undefined && attempt === 1;
}
