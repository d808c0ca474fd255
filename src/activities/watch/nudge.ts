import { setTimeout as sleep } from 'node:timers/promises';
import { getClient, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';

/** More requests at once would be in each other's way. */
const AT_ONCE_MAX = 50;

/**
 * Asks workflows to look at their jobs now. One that has closed needs it no more, and one that cannot be asked looks later
 * by itself.
 *
 * @param paceMs between fifty of them and the next fifty: each nudge is a read of Keboola.
 */
export async function nudge(workflowIds: readonly string[], paceMs = 0): Promise<void> {
  for (let at = 0; at < workflowIds.length; at += AT_ONCE_MAX) {
    if (at > 0) await sleep(paceMs);
    await Promise.all(workflowIds.slice(at, at + AT_ONCE_MAX).map(nudgeOne));
  }
}

async function nudgeOne(workflowId: string): Promise<void> {
  try {
    await getClient().workflow.getHandle(workflowId).signal('nudge');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) log.warn('A workflow could not be nudged', { workflowId, error });
  }
}
