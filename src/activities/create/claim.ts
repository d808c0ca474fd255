import { activityInfo, getClient } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Claimant } from '../../job/create/creation.js';

/** A claim workflow has nothing to do, so it lives this long only if no worker picks it up. */
const TIMEOUT = '1h';

/**
 * Claims a job for this creation, so that no other creation takes it. A claim is a workflow, one per job: even if
 * several try at once, only one can take its id, for as long as the namespace retains closed workflows.
 *
 * @returns false if another creation has claimed the job.
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

/** The creation that has claimed a job; undefined if none has. */
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
