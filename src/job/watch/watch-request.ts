import type { Health } from './health.js';

/** After this time the watch moves to a new activity, so that its workflow can continue as new. */
export const WATCH_MS_MAX = 30 * 60_000;

/** What a watcher must know to take over from another one on any worker; heartbeats carry it. */
export interface WatchState {
  /** See `Seen`. */
  cursorMs: number;
  health: Health;
  /** Whether workflows may sleep and rely on being nudged. */
  isHealthy: boolean;
  /** How often the watcher looks at present, see `Moment`; absent before the first look. */
  tickMs?: number;
  /** Keboola is not asked, since too few jobs may rely on the watcher; workflows that relied on it have been nudged. */
  rests?: true;
  /** All workflows must still be nudged: for a while they could not rely on the watcher, healthy again or not. */
  owes?: true;
}

/** The Keboola project to watch, for all workflows of the task queue that have a job in it. */
export interface WatchRequest {
  /** The worker's name for the project where the watch started; another worker may have another name for it. */
  connection: string;
  /** The host of the project's Storage, because project ids are unique only within a stack. */
  stack: string;
  /** The id of the project. */
  project: string;
  state?: WatchState;
}

/** The end of a watch; without a state there is nothing left to watch. */
export interface WatchEnd {
  state?: WatchState;
}

/** The workflow type of a watcher. */
export const WATCHER_TYPE = 'watchProject';

/**
 * The workflow id by which all workers of a task queue find the same watcher, whatever they call the connections to its
 * project. It starts with the workflow type.
 */
export function watcherId(taskQueue: string, { stack, project }: WatchRequest): string {
  return [WATCHER_TYPE, taskQueue, stack, project].map(encodeURIComponent).join('/');
}
