import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, ParentClosePolicy, setCurrentDetails } from '@temporalio/workflow';
import type { JobResult, RunJobInput } from 'keboola-temporal';

/** What became of one time at which the schedule wanted to run the job. */
export type Tick = { ran: true; jobId: string; status: string } | { ran: false; because: string };

/**
 * Runs a job unless it runs already. The id of the child is the lock: Temporal starts no second workflow of an id, so this
 * also sees a run that somebody has started by hand.
 */
export async function tick(input: RunJobInput & { config: string }): Promise<Tick> {
  const workflowId = ['keboola', input.connection ?? 'default', input.component, input.config]
    .map(encodeURIComponent)
    .join('/');
  try {
    const job = (await executeChild('runJob', {
      workflowId,
      taskQueue: 'keboola',
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      args: [input],
    })) as JobResult;
    return { ran: true, jobId: job.jobId, status: job.status };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const because = `${workflowId} was still running`;
    setCurrentDetails(`**skipped**: ${because}`);
    return { ran: false, because };
  }
}
