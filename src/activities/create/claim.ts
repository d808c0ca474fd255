import { activityInfo, getClient } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Claimant } from '../../job/create/creation.js';

/** It has nothing to do, so that it lives this long only where no worker takes it up. */
const TIMEOUT = '1h';

/**
 * Says that a job is the one of this creation, and of no other. A claim is a workflow of which there is one per job: its id
 * can be taken once, whoever tries at the same time, for as long as the namespace keeps workflows that have closed.
 *
 * @returns false where another creation has claimed it.
 */
export async function claim(jobId: string, { project, by }: Claimant): Promise<boolean> {
  try {
    await getClient().workflow.start('claimJob', {
      workflowId: claimId(project, jobId),
      taskQueue: activityInfo().taskQueue,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      workflowExecutionTimeout: TIMEOUT,
      memo: { claimedBy: by },
      staticSummary: `Job ${jobId} belongs to one workflow alone`,
    });
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return (await claimedBy(jobId, project)) === by;
  }
}

/** Who has claimed a job; undefined where nobody has. */
export async function claimedBy(jobId: string, project: string): Promise<unknown> {
  try {
    const { memo } = await getClient().workflow.getHandle(claimId(project, jobId)).describe();
    return memo?.['claimedBy'] ?? 'somebody';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function claimId(project: string, jobId: string): string {
  return `keboola-claim-${project}-${jobId}`;
}
