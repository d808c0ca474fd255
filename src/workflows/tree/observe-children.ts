import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { BRIEF_MEMO } from '../../job/pipeline/result.js';
import { treePlaceGuard } from '../../job/carried/life-guard.js';
import type { Descendants } from '../../job/tree/descendants.js';
import { descendantsSeen, newChildren, TREE_MEMO, type TreePlace } from '../../job/tree/descendants-state.js';
import type { WaitForJobInput } from '../../job/wait-input.js';
import { WORKFLOW_ID_BYTES_MAX, workflowIdBytes } from '../../job/workflow-id-limit.js';
import type { JobLife } from '../job-life.js';

/** Takes in what a look has shown of the jobs below ours, and gives each child that is new a workflow that mirrors it. */
export function observeChildren(life: JobLife, descendants: Descendants): void {
  const { start, state } = newChildren(life.state.descendants, descendants, treePlace(life).depth);
  life.state.descendants = descendantsSeen(state, descendants);
  const { jobs, counts, digest } = life.state.descendants;
  if (jobs > 0) life.state.snapshot.children = { jobs, counts, ...(digest !== undefined && { digest }) };
  for (const jobId of start) {
    if (workflowIdBytes(observerId(jobId)) > WORKFLOW_ID_BYTES_MAX) continue;
    life.state.descendants.observers[jobId] = 'starting';
    void CancellationScope.nonCancellable(() => mirror(life, jobId));
  }
}

/** The place of our job in the tree that it belongs to. */
export function treePlace({ state }: JobLife): TreePlace {
  const place = workflowInfo().memo?.[TREE_MEMO];
  const isPlace = place !== undefined && treePlaceGuard(place, '') === undefined;
  return isPlace ? (place as TreePlace) : { runIds: state.runIds, depth: 0 };
}

/** The workflow that mirrors a child; its id tells where it belongs, also to a run that has not started it. */
export function observerId(jobId: string): string {
  return `${workflowInfo().workflowId}/${jobId}`;
}

/**
 * Starts an observer and hears of its end. It only mirrors: neither our end nor our cancellation is its, and how its job
 * ends is not for us to fail with.
 */
async function mirror(life: JobLife, jobId: string): Promise<void> {
  const { connection } = life.plan;
  const { runIds, depth } = treePlace(life);
  const input: WaitForJobInput = { connection, jobId, role: 'observer', onCancel: 'kill' };
  // The object is another one after each look, this part of it is not.
  const { observers } = life.state.descendants;
  try {
    const observer = await startChild('waitForJob', {
      workflowId: observerId(jobId),
      args: [input],
      // What it answers goes into our history.
      memo: { [BRIEF_MEMO]: true, [TREE_MEMO]: { runIds, depth: depth + 1 } satisfies TreePlace },
      staticSummary: `job ${jobId}`,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
    });
    observers[jobId] = 'open';
    await observer.result().catch(() => undefined);
    observers[jobId] = 'closed';
  } catch {
    // It runs already, since before a reset of ours. A nudge tells when it has closed.
    observers[jobId] = 'open';
  }
}
