import type { StatusCounts } from '../wait/status-counts.js';
import { type Child, type Descendants, type DescendantResults, OBSERVERS_MAX } from './descendants.js';

/** What a workflow knows of the jobs below its own; plain data, handed on when a long wait goes on in a new run. */
export interface DescendantsState {
  /** How many there are, and in which status. */
  jobs: number;
  counts: StatusCounts;
  /** All of them are known, and have ended. */
  complete: boolean;
  /** The workflows that mirror jobs, by job id. */
  observers: Record<string, ObserverState>;
  /** Job ids that were seen without the job that may stand between. */
  unsure: string[];
  /** Why not every job has a workflow of its own, for people. */
  digest?: string;
  results?: DescendantResults;
}

/** `open` until it is known to be closed. */
export type ObserverState = 'starting' | 'open' | 'closed';

export const DEPTH_MAX = 10;

/** The place of a workflow in the tree of its job. */
export interface TreePlace {
  /** Run ids of the job at the root. */
  runIds: readonly string[];
  /** 0 for the root. */
  depth: number;
}

/** The memo field that tells an observer its place. */
export const TREE_MEMO = 'keboolaTree';

export function newDescendantsState(): DescendantsState {
  return { jobs: 0, counts: {}, complete: false, observers: {}, unsure: [] };
}

/** Takes in what a look has shown. They never become fewer: a list that shows less of them is one of an index that is ill. */
export function descendantsSeen(state: DescendantsState, descendants: Descendants): DescendantsState {
  if (descendants.jobs < state.jobs) return state;
  const { jobs, counts, settled, open, results } = descendants;
  return { ...state, jobs, counts, complete: settled && open === 0, ...(results && { results }) };
}

/**
 * Which of the children are to have a workflow now.
 *
 * One between which and us a job may stand waits until the list is settled, or has shown it so twice: the index may show
 * a grandchild before the child, and it would stay at the wrong place of the tree.
 */
export function newChildren(
  state: DescendantsState,
  { children, settled, treeJobs }: Descendants,
  depth: number,
): Picked {
  const fresh = children.filter(({ jobId }) => state.observers[jobId] === undefined);
  const unsure = fresh.filter((child) => child.unsure && !settled && !state.unsure.includes(child.jobId));
  const start = fresh.filter((child) => !unsure.includes(child)).map(({ jobId }) => jobId);
  const digest = digestOf(treeJobs, depth);
  return {
    start: digest === undefined ? start : [],
    state: {
      ...state,
      unsure: unsure.map(({ jobId }: Child) => jobId),
      ...(digest !== undefined && start.length > 0 && { digest }),
    },
  };
}

interface Picked {
  /** Job ids. */
  start: string[];
  state: DescendantsState;
}

function digestOf(treeJobs: number, depth: number): string | undefined {
  // The job at the root has a workflow anyway.
  if (treeJobs > OBSERVERS_MAX + 1) return `the tree has more than ${OBSERVERS_MAX} jobs`;
  return depth >= DEPTH_MAX ? `the tree is deeper than ${DEPTH_MAX} levels` : undefined;
}
