import { setTimeout as sleep } from 'node:timers/promises';
import { getClient, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { nudgeSignal } from '../../job/messages.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';

/** More requests at once would be in each other's way. */
const AT_ONCE_MAX = 50;
/** What Temporal would answer the next time, too: no right to it, or as many signals as a workflow may have. */
const NEVER: readonly (number | undefined)[] = [GRPC.invalidArgument, GRPC.permissionDenied];

interface HowToNudge {
  /** Between fifty of them and the next fifty: each nudge is a read of Keboola. */
  paceMs?: number;
  /** What the signal carries, see `MAY_HAVE_ENDED`; nothing where the job has ended. */
  why?: string;
  /** Whether to leave those that have not been asked yet. */
  isStopped?: () => boolean;
}

/**
 * Asks workflows to look at their jobs now. One that has closed needs it no more.
 *
 * @returns those that could not be asked; whoever relies on being nudged would sleep on, so they are to be asked again.
 */
export async function nudge(
  workflowIds: readonly string[],
  { paceMs = 0, why, isStopped = () => false }: HowToNudge = {},
): Promise<string[]> {
  const missed: string[] = [];
  for (let at = 0; at < workflowIds.length; at += AT_ONCE_MAX) {
    if (at > 0) await sleep(paceMs, undefined, { ref: false });
    if (isStopped()) return [...missed, ...workflowIds.slice(at)];
    const part = workflowIds.slice(at, at + AT_ONCE_MAX);
    const reached = await Promise.all(part.map((workflowId) => nudgeOne(workflowId, why)));
    missed.push(...part.filter((_, index) => reached[index] === false));
  }
  return missed;
}

/** @returns whether nothing more is to be done for it. */
async function nudgeOne(workflowId: string, why: string | undefined): Promise<boolean> {
  try {
    await getClient()
      .workflow.getHandle(workflowId)
      .signal(nudgeSignal, ...(why === undefined ? [] : [why]));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    if (NEVER.includes(grpcCause(error)?.code)) {
      log.warn('A workflow cannot be nudged; it looks by itself, though late', { workflowId, error });
      return true;
    }
    log.warn('A workflow could not be nudged; it will be tried again', { workflowId, error });
    return false;
  }
}
