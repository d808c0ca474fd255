import type { StatusCounts } from '../wait/status-counts.js';
import { type Child, type Descendants, type DescendantResults, OBSERVERS_MAX } from './descendants.js';

/** What a workflow knows of the jobs below its own: plain data, handed on at continue-as-new. */
export interface DescendantsState {
  /** How many there are, and in which status. */
  readonly jobs: number;
  readonly counts: StatusCounts;
  /** All of them are known and have ended. */
  readonly complete: boolean;
  readonly observers: Observers;
  /** Ids of jobs that were shown without the job that may stand between them and ours. */
  readonly unsure: readonly string[];
  /** Why not every job has a workflow of its own, for people. */
  readonly digest?: string;
  readonly results?: DescendantResults;
}

/** The workflows that mirror jobs, by job id. The object stays the same, so that each workflow can report its end. */
export type Observers = Readonly<Record<string, ObserverState>>;

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

/** Takes in how far the workflow that mirrors this job has come. */
export function takeObserver(observers: Record<string, ObserverState>, jobId: string, state: ObserverState): void {
  // An assignment to `__proto__`, which an id may be, would keep nothing.
  Object.defineProperty(observers, jobId, { value: state, writable: true, enumerable: true, configurable: true });
}

/** Takes in what a look has shown. The jobs never become fewer: a list that shows fewer comes from a faulty index. */
export function descendantsSeen(state: DescendantsState, descendants: Descendants): DescendantsState {
  if (descendants.jobs < state.jobs) return state;
  const { jobs, counts, settled, open, results } = descendants;
  return { ...state, jobs, counts, complete: settled && open === 0, ...(results && { results }) };
}

/**
 * Which of the children are to get a workflow now.
 *
 * If a job may stand between a child and us, the child waits until the list is settled or has shown it that way twice.
 * The index may show a grandchild before the child, and its workflow would stay at the wrong place in the tree.
 */
export function newChildren(
  state: DescendantsState,
  { children, settled, treeJobs }: Descendants,
  depth: number,
): Picked {
  const fresh = children.filter(({ jobId }) => !Object.hasOwn(state.observers, jobId));
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
