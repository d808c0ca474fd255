import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { TimeoutType } from '@temporalio/common';
import { mayRunText } from '../../job/pipeline/may-run-after.js';
import type { ChildEnding } from '../../job/remote-steps.js';
import { failure } from '../failures.js';
import type { AdoptedChildren } from './adopted-children.js';
import { cancelWorkflow } from './cancel-workflow.js';

/**
 * Waits for the workflow of a task that has been running since before the pipeline was reset, or was terminated and
 * started again. Temporal ties that workflow to the run that was given up, so an activity asks for its end, and a
 * cancellation is passed on to it.
 *
 * @param alreadyStarted thrown if the workflow is not ours.
 * @returns its result, or undefined if it belonged to an earlier pipeline: then its id is free.
 * @throws as the wait for a child does; ApplicationFailure `KillNotConfirmed` if what a task of an earlier pipeline has
 * started may still run.
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
      if (ended.mayRun)
        throw failure('KillNotConfirmed', `From an earlier pipeline with the same id: ${mayRunText(workflowId)}`);
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

/** A workflow that no look has shown may be a stranger's, which a cancellation must not reach. */
async function stopped(adopted: AdoptedChildren, workflowId: string): Promise<ChildEnding> {
  if (!adopted.isSeen(workflowId)) {
    const ended = await Promise.race([adopted.endOf(workflowId), condition(() => adopted.isSeen(workflowId))]);
    if (ended !== undefined) return ended;
  }
  await cancelWorkflow(workflowId);
  return await adopted.endOf(workflowId);
}
