import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  getExternalWorkflowHandle,
  isCancellation,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { TimeoutType } from '@temporalio/common';
import type { ChildLook } from '../../activities/await-child.js';
import { awaitChild } from '../activities.js';

type Ended = Exclude<ChildLook, { kind: 'open' }>;

/**
 * Waits for the workflow of a task that runs since before the pipeline was reset. Temporal ties it to the run that was
 * given up, so that its end is asked for, and a cancellation is handed on.
 *
 * @param alreadyStarted thrown where it is none of ours.
 * @returns its result; throws as the wait for a child does.
 */
export async function adoptChild(workflowId: string, alreadyStarted: Error): Promise<unknown> {
  const ended = await endOf(workflowId);
  switch (ended.kind) {
    case 'completed':
      return ended.result;
    case 'failed':
      throw ApplicationFailure.create({
        message: ended.message,
        ...(ended.type !== undefined && { type: ended.type }),
        details: ended.details,
      });
    case 'canceled':
      throw new CancelledFailure('The workflow of the task was canceled');
    case 'terminated':
      throw new TerminatedFailure('The workflow of the task was terminated');
    case 'timed-out':
      throw new TimeoutFailure('The workflow of the task timed out', undefined, TimeoutType.START_TO_CLOSE);
    case 'not-ours':
      throw alreadyStarted;
  }
}

async function endOf(workflowId: string): Promise<Ended> {
  try {
    return await whenEnded(workflowId);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return await CancellationScope.nonCancellable(() => stopped(workflowId));
  }
}

async function stopped(workflowId: string): Promise<Ended> {
  // It may have ended in this moment; then there is nobody to tell.
  await getExternalWorkflowHandle(workflowId)
    .cancel()
    .catch(() => undefined);
  return await whenEnded(workflowId);
}

/** A job may take days; each look is bounded. */
async function whenEnded(workflowId: string): Promise<Ended> {
  for (;;) {
    const look = await awaitChild(workflowId);
    if (look.kind !== 'open') return look;
  }
}
