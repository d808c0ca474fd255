import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { BRIEF_MEMO } from '../../job/pipeline/result.js';
import { takeDescendants } from '../../job/life/showing.js';
import type { LifeState } from '../../job/life-state.js';
import type { Descendants } from '../../job/tree/descendants.js';
import {
  newChildren,
  takeObserver,
  TREE_MEMO,
  type Observers,
  type TreePlace,
} from '../../job/tree/descendants-state.js';
import type { WaitForJobInput } from '../../job/wait-input.js';
import { WORKFLOW_ID_BYTES_MAX, workflowIdBytes } from '../../job/workflow-id-limit.js';
import { treePlace } from './descendants-request.js';

/** Takes in what a look has shown of the jobs below ours, and gives each child that is new a workflow that mirrors it. */
export function observeChildren(life: LifeState, descendants: Descendants): void {
  const place = treePlace(life.runIds);
  const { start, state } = newChildren(life.descendants, descendants, place.depth);
  takeDescendants(life, state, descendants);
  // It is another object after each look, but for the observers.
  const { observers } = life.descendants;
  const connection = life.plan?.connection;
  for (const jobId of start) {
    if (workflowIdBytes(observerId(jobId)) > WORKFLOW_ID_BYTES_MAX) continue;
    const input: WaitForJobInput = {
      jobId,
      role: 'observer',
      onCancel: 'kill',
      ...(connection !== undefined && { connection }),
    };
    takeObserver(observers, jobId, 'starting');
    void CancellationScope.nonCancellable(() => mirror(input, { ...place, depth: place.depth + 1 }, observers));
  }
}

/** The workflow that mirrors a child; its id tells where it belongs, also to a run that has not started it. */
export function observerId(jobId: string): string {
  return `${workflowInfo().workflowId}/${jobId}`;
}

/**
 * Starts an observer and hears of its end. It only mirrors: neither our end nor our cancellation is its, and how its job
 * ends is not for us to fail with.
 */
async function mirror(input: WaitForJobInput, place: TreePlace, observers: Observers): Promise<void> {
  const { jobId } = input;
  try {
    const observer = await startChild('waitForJob', {
      workflowId: observerId(jobId),
      args: [input],
      // What it answers goes into our history.
      memo: { [BRIEF_MEMO]: true, [TREE_MEMO]: place },
      staticSummary: `job ${jobId}`,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
    });
    takeObserver(observers, jobId, 'open');
    await observer.result().catch(() => undefined);
    takeObserver(observers, jobId, 'closed');
  } catch {
    // It runs already, since before a reset of ours. A nudge tells when it has closed.
    takeObserver(observers, jobId, 'open');
  }
}
