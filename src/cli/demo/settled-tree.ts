import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowTree } from '../../client/workflow-tree.js';

const LOOK_EACH_MS = 1_000;
const LOOKS_MAX = 15;

/**
 * Reads the tree of a pipeline that has just ended. Temporal's lists lag behind for a moment, so it is read again, for
 * 15 s at most, until everything in it has ended, each job has its id, and a read finds nothing new.
 */
export async function settledTree(read: () => Promise<WorkflowTree>, lookEachMs = LOOK_EACH_MS): Promise<WorkflowTree> {
  let tree = await read();
  for (let looks = 1; looks < LOOKS_MAX; looks += 1) {
    const before = nodesOf(tree).length;
    await sleep(lookEachMs);
    tree = await read();
    if (nodesOf(tree).length === before && nodesOf(tree).every(isWhole)) break;
  }
  return tree;
}

function nodesOf(tree: WorkflowTree): WorkflowTree[] {
  return [tree, ...tree.children.flatMap(nodesOf)];
}

function isWhole({ workflowType, workflowStatus, jobId }: WorkflowTree): boolean {
  return workflowStatus !== 'RUNNING' && (workflowType !== 'runJob' || jobId !== undefined);
}
