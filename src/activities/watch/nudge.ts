import { setTimeout as sleep } from 'node:timers/promises';
import { getClient, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { nudgeSignal } from '../../job/messages.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';

/** More requests at once would get in each other's way. */
const AT_ONCE_MAX = 50;
/** Answers that Temporal would repeat: no permission, or the workflow has reached its limit of signals. */
const NEVER: readonly (number | undefined)[] = [GRPC.invalidArgument, GRPC.permissionDenied];

interface HowToNudge {
  /** The pause after every fifty nudges: each nudge causes a read of Keboola. */
  paceMs?: number;
  /** What the signal carries, see `MAY_HAVE_ENDED`; nothing if the job has ended. */
  why?: string;
  /** Whether to skip the workflows that have not been nudged yet. */
  isStopped?: () => boolean;
}

/**
 * Asks workflows to look at their jobs now. A closed workflow no longer needs that.
 *
 * @returns the workflows that could not be asked. They would sleep on if they rely on nudges, so the caller must ask
 * again.
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

/** @returns true if nothing more is to be done for this workflow. */
async function nudgeOne(workflowId: string, why: string | undefined): Promise<boolean> {
  try {
    await getClient()
      .workflow.getHandle(workflowId)
      .signal(nudgeSignal, ...(why === undefined ? [] : [why]));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    if (NEVER.includes(grpcCause(error)?.code)) {
      const what = 'A workflow cannot be nudged; it will notice the end of its job by itself, but later';
      log.warn(what, { workflowId, error });
      return true;
    }
    log.warn('A workflow could not be nudged; it will be tried again', { workflowId, error });
    return false;
  }
}
