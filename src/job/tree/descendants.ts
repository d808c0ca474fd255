import type { JobView } from '../job-view.js';
import type { JobResult } from '../result.js';
import { isFence } from '../create/fence.js';
import { JOB_ID } from '../job-id.js';
import { ancestorsOf, isBelow, isChildOf, runIdSegments } from '../run-id.js';
import { countsOf, type StatusCounts } from '../wait/status-counts.js';
import { mayBeOver } from '../wait/status.js';

/** More jobs than this are counted as so many, and never known to be all. */
export const DESCENDANTS_MAX = 1_000;
/** With the 64 KiB of the job's own result and 40 KiB of its log it makes 256 KiB at most. */
export const TREE_BYTES_MAX = 150 * 1024;
/** Trees are usually a dozen jobs; a workflow for each of more than this would tell nobody anything. */
export const OBSERVERS_MAX = 200;
/** Where the result is one of many. */
export const BRIEF_TREE_BYTES_MAX = 8 * 1024;

/** Whose descendants a read is to read, too. */
export interface DescendantsRequest {
  /** The run ids that the job has had; its descendants lie below them. */
  runIds: readonly string[];
  /** Those of the job at the root of the tree, where that is another one. */
  treeRunIds?: readonly string[];
  /** Look now, or only if the job has ended. */
  look: 'now' | 'at-the-end';
  /** What somebody of the same tree was told seconds ago is not good enough. */
  fresh?: true;
  /** Tell how the jobs have ended, even if not all have. */
  partly?: true;
  /** The answer is one of many. */
  brief?: true;
  /** Where the pages of the project's jobs are. */
  jobsPage?: string;
}

/** A job directly below ours. */
export interface Child {
  jobId: string;
  /** Between the two run ids lies a segment that no job is seen to have; the index may only be late with one. */
  unsure?: true;
}

/** What a look shows of the jobs that Keboola has spawned below one, at any depth. */
export interface Descendants {
  /**
   * The answer is not cut off, and shows the job itself at its end: the index has caught up with it, and a parent has
   * spawned all of its children before it ends.
   */
  settled: boolean;
  /** How many jobs there are below, and how many of them have not ended. */
  jobs: number;
  open: number;
  counts: StatusCounts;
  /** How many jobs there are in the whole tree. */
  treeJobs: number;
  /** Those that want a workflow each. */
  children: Child[];
  /** How they have ended, where the request asks for it. */
  results?: DescendantResults;
}

export interface DescendantResults {
  children: JobResult[];
  /** Not all of it is told: only the jobs that have failed, as many as there is room for. */
  truncated?: true;
}

/**
 * What a list of jobs shows of the descendants of one.
 *
 * The run id's prefix is the only link between parent and child (keboola/syrup `Command/JobCommand.php`), so a job's
 * parent is the one with the longest run id that is a prefix of its own.
 *
 * @param tree the jobs of the whole tree, in any order.
 * @param showsAll whether the list was answered whole; it may lack jobs that cannot be read.
 */
export function descendantsOf(
  jobId: string,
  runIds: readonly string[],
  tree: readonly JobView[],
  showsAll = true,
): Omit<Descendants, 'results'> {
  const below = jobsBelow(jobId, runIds, tree);
  const own = tree.find((job) => job.jobId === jobId);
  const isWhole = showsAll && tree.length <= DESCENDANTS_MAX;
  return {
    settled: isWhole && own !== undefined && mayBeOver(own),
    jobs: below.length,
    open: below.filter((job) => !mayBeOver(job)).length,
    counts: countsOf(below),
    treeJobs: distinct(tree).length,
    // In a tree of more than that nobody starts any; and they go into history with each look.
    children: childrenOf(executions(runIds), below).slice(0, OBSERVERS_MAX + 1),
  };
}

export function jobsBelow(jobId: string, runIds: readonly string[], tree: readonly JobView[]): JobView[] {
  const own = executions(runIds);
  return distinct(tree).filter((job) => job.jobId !== jobId && own.some((runId) => isBelow(job.runId, runId)));
}

/** A list may repeat a row where jobs move on between its pages; one that says that the job runs counts. */
function distinct(tree: readonly JobView[]): JobView[] {
  const byId = new Map<string, JobView>();
  for (const job of tree) {
    const known = byId.get(job.jobId);
    if (!known || (mayBeOver(known) && !mayBeOver(job))) byId.set(job.jobId, job);
  }
  return [...byId.values()];
}

/** A run id below which another one lies is the one that was sent with the creation: no job has it. */
function executions(runIds: readonly string[]): string[] {
  return runIds.filter((runId) => !runIds.some((other) => isBelow(other, runId)));
}

/** The jobs between which and ours stands no other, of those that no workflow of ours looks after already. */
function childrenOf(runIds: readonly string[], below: readonly JobView[]): Child[] {
  const taken = new Set(below.map(({ runId }) => runId));
  return below
    .filter(({ jobId }) => JOB_ID.test(jobId))
    .filter(({ runId }) => !isLookedAfter(runIds, runId) && !ancestorsOf(runId).some((above) => taken.has(above)))
    .map(({ jobId, runId }) => ({
      jobId,
      ...(!runIds.some((parent) => isChildOf(runId, parent)) && { unsure: true as const }),
    }));
}

/** A workflow of ours has created it, or one above it that may not show yet: between it and us lies a fence. */
function isLookedAfter(runIds: readonly string[], runId: string): boolean {
  const above = runIds.find((one) => isBelow(runId, one)) ?? '';
  return runIdSegments(runId.slice(above.length + 1)).some(isFence);
}
