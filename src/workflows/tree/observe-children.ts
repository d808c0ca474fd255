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
import type { WaitForJobInput } from '../../job/wait/input.js';
import { WORKFLOW_ID_BYTES_MAX, workflowIdBytes } from '../../job/workflow-id-limit.js';
import { treePlace } from './descendants-request.js';

/** Takes in what a look has shown of the jobs below ours, and gives each new child a workflow that mirrors it. */
export function observeChildren(life: LifeState, descendants: Descendants): void {
  const place = treePlace(life.runIds);
  const { start, state } = newChildren(life.descendants, descendants, place.depth);
  takeDescendants(life, state, descendants);
  // Each look makes a new state object, but its `observers` stay the same one.
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

/**
 * The id of the workflow that mirrors a child. It shows where that workflow belongs, even to a run that did not start
 * it.
 */
export function observerId(jobId: string): string {
  return `${workflowInfo().workflowId}/${jobId}`;
}

/**
 * Starts an observer and waits for its end. The observer only mirrors a job: our end or cancellation does not end it,
 * and we do not fail because of how its job ends.
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
    // It already runs, since before a reset of ours. A nudge shows when it has closed.
    takeObserver(observers, jobId, 'open');
  }
}
