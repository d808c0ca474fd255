import { setTimeout as sleep } from 'node:timers/promises';
import { getClient, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';

/** More requests at once would be in each other's way. */
const AT_ONCE_MAX = 50;

/**
 * Asks workflows to look at their jobs now. One that has closed needs it no more.
 *
 * @param paceMs between fifty of them and the next fifty: each nudge is a read of Keboola.
 * @returns those that could not be asked; whoever relies on being nudged would sleep on, so they are to be asked again.
 */
export async function nudge(workflowIds: readonly string[], paceMs = 0): Promise<string[]> {
  const missed: string[] = [];
  for (let at = 0; at < workflowIds.length; at += AT_ONCE_MAX) {
    if (at > 0) await sleep(paceMs);
    const part = workflowIds.slice(at, at + AT_ONCE_MAX);
    const reached = await Promise.all(part.map(nudgeOne));
    missed.push(...part.filter((_, index) => reached[index] === false));
  }
  return missed;
}

/** @returns whether nothing more is to be done for it. */
async function nudgeOne(workflowId: string): Promise<boolean> {
  try {
    await getClient().workflow.getHandle(workflowId).signal('nudge');
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    log.warn('A workflow could not be nudged; it will be tried again', { workflowId, error });
    return false;
  }
}
