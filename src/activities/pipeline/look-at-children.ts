import { getClient } from '@temporalio/activity';
import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { describeWorkflow } from '../../temporal/look.js';
import { mayRunAfter } from '../../job/pipeline/may-run-after.js';
import { goesOnAfter, type Canceled } from './goes-on-after.js';
import { oursBy, type Ours } from './our-children.js';
import type { ChildEnding, LookAtChildrenRequest } from '../../job/remote-steps.js';

/** Each ending carries a result, so the number is bounded; the next look returns the others. */
const ENDINGS_MAX = 10;

/**
 * Looks at workflows that were started by an earlier run of the calling pipeline, or by another pipeline that had its
 * id before.
 *
 * @returns the endings of those that have ended, by workflow id.
 */
export async function lookAtChildren({
  workflowIds,
  firstRunId,
}: LookAtChildrenRequest): Promise<Record<string, ChildEnding>> {
  const client = getClient();
  const oursOf = oursBy(client, firstRunId);
  const endings: Record<string, ChildEnding> = {};
  for (const workflowId of workflowIds) {
    const ending = await endingOf(client, workflowId, oursOf);
    if (ending) endings[workflowId] = ending;
    if (Object.keys(endings).length === ENDINGS_MAX) break;
  }
  return endings;
}

/** @returns undefined while the workflow runs. */
async function endingOf(
  client: Client,
  workflowId: string,
  oursOf: (parent: WorkflowExecutionInfo['parentExecution']) => Promise<Ours>,
): Promise<ChildEnding | undefined> {
  try {
    const described = await describeWorkflow(client, workflowId);
    const { status } = described;
    const ours = await oursOf(described.parentExecution);
    if (ours === 'no') return { kind: 'not-ours' };
    // Asking a running workflow for its result would wait for its end, and this activity holds a slot of its worker.
    if (status.name === 'RUNNING' || status.name === 'PAUSED') return undefined;
    const ending =
      status.name === 'CANCELLED' ? await canceledEnding(client, described) : await closedEnding(client, workflowId);
    if (ours !== 'before') return ending;
    return { kind: 'of-before', ...(mayRunAfter(ending) && { mayRun: true }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'not-ours' };
    throw error;
  }
}

async function canceledEnding(client: Client, described: Canceled): Promise<ChildEnding> {
  return { kind: 'canceled', ...((await goesOnAfter(client, described)) && { mayRun: true }) };
}

async function closedEnding(client: Client, workflowId: string): Promise<ChildEnding> {
  try {
    return { kind: 'completed', result: await client.workflow.getHandle(workflowId).result() };
  } catch (error) {
    if (error instanceof WorkflowFailedError) return endingOfFailed(error);
    throw error;
  }
}

function endingOfFailed({ cause, message }: WorkflowFailedError): ChildEnding {
  if (cause instanceof CancelledFailure) return { kind: 'canceled' };
  if (cause instanceof TerminatedFailure) return { kind: 'terminated' };
  if (cause instanceof TimeoutFailure) return { kind: 'timed-out' };
  const told = cause instanceof ApplicationFailure ? cause : undefined;
  return {
    kind: 'failed',
    type: told?.type ?? undefined,
    message: cause?.message ?? message,
    details: told?.details ?? [],
  };
}
