import { activityInfo, cancellationSignal, getClient } from '@temporalio/activity';
import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';

/** No activity and no slot of a worker is held for the days that a job may take; a look costs the pipeline three events. */
const WAIT_MS_MAX = 15 * 60_000;

/** What became of a workflow that runs a task and was started before the pipeline was reset. */
export type ChildEnding =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; type: string | undefined; message: string; details: unknown[] }
  | { kind: 'canceled' }
  | { kind: 'terminated' }
  | { kind: 'timed-out' };

/** `open`: it runs on, ask again. `not-ours`: whoever has started it, it was not this pipeline. */
export type ChildLook = ChildEnding | { kind: 'open' } | { kind: 'not-ours' };

/** Waits for the end of a workflow that the pipeline which asks has started in an earlier run, for a quarter of an hour at most. */
export async function awaitChild(workflowId: string): Promise<ChildLook> {
  const client = getClient();
  if (!(await isOurs(client, workflowId))) return { kind: 'not-ours' };
  const timeIsUp = AbortSignal.timeout(WAIT_MS_MAX);
  try {
    const signal = AbortSignal.any([timeIsUp, cancellationSignal()]);
    const result: unknown = await client.withAbortSignal(signal, () => client.workflow.getHandle(workflowId).result());
    return { kind: 'completed', result };
  } catch (error) {
    if (error instanceof WorkflowFailedError) return endingOf(error);
    if (timeIsUp.aborted) return { kind: 'open' };
    throw error;
  }
}

async function isOurs({ workflow }: Client, workflowId: string): Promise<boolean> {
  try {
    const { parentExecution } = await workflow.getHandle(workflowId).describe();
    return parentExecution?.workflowId === activityInfo().workflowExecution?.workflowId;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function endingOf({ cause, message }: WorkflowFailedError): ChildEnding {
  if (cause instanceof CancelledFailure) return { kind: 'canceled' };
  if (cause instanceof TerminatedFailure) return { kind: 'terminated' };
  if (cause instanceof TimeoutFailure) return { kind: 'timed-out' };
  const told = cause instanceof ApplicationFailure ? cause : undefined;
  return {
    ...{ kind: 'failed', type: told?.type ?? undefined },
    ...{ message: cause?.message ?? message, details: told?.details ?? [] },
  };
}
