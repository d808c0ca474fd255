import type { WorkflowTree } from '../../src/client/workflow-tree.js';
import type { JobResult } from '../../src/job/result.js';

/** The parent of each job that has one, by job id. */
export type Parents = Record<string, string>;

/** Keboola's own account: a job's parent is the one with the longest run id that is a prefix of its own. */
export function childrenInKeboola(jobs: readonly { id: unknown; runId: string }[], rootRunId: string): Parents {
  const tree = jobs.filter(({ runId }) => runId === rootRunId || runId.startsWith(`${rootRunId}.`));
  const parents: Parents = {};
  for (const job of tree) {
    const above = tree.filter(({ runId }) => job.runId.startsWith(`${runId}.`));
    const [nearest] = above.sort((a, b) => b.runId.length - a.runId.length);
    if (nearest) parents[String(job.id)] = String(nearest.id);
  }
  return parents;
}

export function ofResult({ jobId, children = [] }: JobResult): Parents {
  return Object.assign({}, ...children.map((child) => ({ [child.jobId]: jobId, ...ofResult(child) }))) as Parents;
}

/** The parent of a workflow's job is the job of the nearest workflow above that has one. */
export function ofTree({ jobId, children }: WorkflowTree, above?: string): Parents {
  const nearest = jobId ?? above;
  return Object.assign(
    {},
    ...children.map((child) => ({
      ...(child.jobId !== undefined && nearest !== undefined && { [child.jobId]: nearest }),
      ...ofTree(child, nearest),
    })),
  ) as Parents;
}

export function flat(tree: WorkflowTree): WorkflowTree[] {
  return [tree, ...tree.children.flatMap(flat)];
}
