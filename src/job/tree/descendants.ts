import type { JobView } from '../job-view.js';
import type { JobResult } from '../result.js';
import { isFence } from '../create/fence.js';
import { JOB_ID } from '../job-id.js';
import { ancestorsOf, isBelow, isChildOf, runIdSegments } from '../run-id.js';
import { countsOf, type StatusCounts } from '../wait/status-counts.js';
import { mayBeOver } from '../wait/status.js';

/** A tree with more jobs than this is counted as this many, and never taken for complete. */
export const DESCENDANTS_MAX = 1_000;
/** Together with the job's own result (64 KiB) and its log (40 KiB) at most 256 KiB. */
export const TREE_BYTES_MAX = 150 * 1024;
/** A tree usually has a dozen jobs; nobody would learn anything from more workflows than this. */
export const OBSERVERS_MAX = 200;
/** The limit if the result is one of many. */
export const BRIEF_TREE_BYTES_MAX = 8 * 1024;

/** Asks a read to read the descendants of a job, too. */
export interface DescendantsRequest {
  /** The run ids that the job has had; its descendants lie below them. */
  runIds: readonly string[];
  /** The run ids of the job at the root of the tree, if that is another job. */
  treeRunIds?: readonly string[];
  /** Look now, or only if the job has ended. */
  look: 'now' | 'at-the-end';
  /** An answer that another reader of the same tree got seconds ago is not good enough. */
  fresh?: true;
  /** Report how the jobs have ended, even if not all have. */
  partly?: true;
  /** The answer is one of many. */
  brief?: true;
  /** URL of the pages of the project's jobs. */
  jobsPage?: string;
}

/** A job directly below ours. */
export interface Child {
  jobId: string;
  /** The run ids differ by a segment that no shown job has; the index may just be late to show that job. */
  unsure?: true;
}

/** What one read shows of the jobs that Keboola has spawned below a job, at any depth. */
export interface Descendants {
  /**
   * The answer is complete and shows the end of the job itself, so the index has caught up with it. A parent spawns all
   * its children before it ends.
   */
  settled: boolean;
  /** How many jobs there are below the job, and how many of them have not ended. */
  jobs: number;
  open: number;
  counts: StatusCounts;
  /** How many jobs there are in the whole tree. */
  treeJobs: number;
  /** The jobs that need a workflow each. */
  children: Child[];
  /** How the jobs have ended, if the request asks for it. */
  results?: DescendantResults;
}

export interface DescendantResults {
  children: JobResult[];
  /** Not all is reported: only the failed jobs, as many as there is room for. */
  truncated?: true;
}

/**
 * What a list of jobs shows of one job's descendants.
 *
 * The run id's prefix is the only link between parent and child (keboola/syrup `Command/JobCommand.php`), so a job's
 * parent is the job with the longest run id that is a prefix of its own.
 *
 * @param tree the jobs of the whole tree, in any order.
 * @param showsAll whether the list was returned whole; it may lack jobs that cannot be read.
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
    // In a larger tree no workflows are started for them, and each read writes these children into history.
    children: childrenOf(executions(runIds), below).slice(0, OBSERVERS_MAX + 1),
  };
}

export function jobsBelow(jobId: string, runIds: readonly string[], tree: readonly JobView[]): JobView[] {
  const own = executions(runIds);
  return distinct(tree).filter((job) => job.jobId !== jobId && own.some((runId) => isBelow(job.runId, runId)));
}

/** Jobs may move between the pages of a list, so it can repeat a job; a row that says the job runs wins. */
function distinct(tree: readonly JobView[]): JobView[] {
  const byId = new Map<string, JobView>();
  for (const job of tree) {
    const known = byId.get(job.jobId);
    if (!known || (mayBeOver(known) && !mayBeOver(job))) byId.set(job.jobId, job);
  }
  return [...byId.values()];
}

/** If another run id lies below this one, this one was only sent with the creation: no job has it. */
function executions(runIds: readonly string[]): string[] {
  return runIds.filter((runId) => !runIds.some((other) => isBelow(other, runId)));
}

/** The jobs directly below ours, except those that a workflow of ours already looks after. */
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

/** A workflow of ours created this job, or one above it that may not show yet: a fence lies between it and our job. */
function isLookedAfter(runIds: readonly string[], runId: string): boolean {
  const above = runIds.find((one) => isBelow(runId, one)) ?? '';
  return runIdSegments(runId.slice(above.length + 1)).some(isFence);
}
