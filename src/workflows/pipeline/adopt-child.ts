import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { TimeoutType } from '@temporalio/common';
import { mayRunText } from '../../job/pipeline/may-run-after.js';
import type { ChildEnding } from '../../job/remote-steps.js';
import { failure } from '../failures.js';
import type { AdoptedChildren } from './adopted-children.js';

/**
 * Waits for the workflow of a task that runs since before the pipeline was reset, or was terminated and started again. Temporal
 * ties it to the run that was given up, so that its end is asked for, and a cancellation is handed on.
 *
 * @param alreadyStarted thrown where it is none of ours.
 * @returns its result, or undefined where it was that of a pipeline before: then its id is free; throws as the wait for a
 *   child does, and ApplicationFailure `KillNotConfirmed` where what one of a pipeline before has started may still run.
 */
export async function adoptChild(
  adopted: AdoptedChildren,
  workflowId: string,
  alreadyStarted: Error,
): Promise<{ result: unknown } | undefined> {
  const ended = await endOf(adopted, workflowId);
  switch (ended.kind) {
    case 'completed':
      return { result: ended.result };
    case 'of-before':
      if (ended.mayRun) throw failure('KillNotConfirmed', `Of the pipeline before: ${mayRunText(workflowId)}`);
      return undefined;
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

async function endOf(adopted: AdoptedChildren, workflowId: string): Promise<ChildEnding> {
  try {
    return await Promise.race([adopted.endOf(workflowId), CancellationScope.current().cancelRequested]);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return await CancellationScope.nonCancellable(() => stopped(adopted, workflowId));
  }
}

/** What nobody has looked at may be a stranger's, which a cancellation must not reach. */
async function stopped(adopted: AdoptedChildren, workflowId: string): Promise<ChildEnding> {
  if (!adopted.isSeen(workflowId)) {
    const ended = await Promise.race([adopted.endOf(workflowId), condition(() => adopted.isSeen(workflowId))]);
    if (ended !== undefined) return ended;
  }
  // It may have ended in this moment; then there is nobody to tell.
  await getExternalWorkflowHandle(workflowId)
    .cancel()
    .catch(() => undefined);
  return await adopted.endOf(workflowId);
}
