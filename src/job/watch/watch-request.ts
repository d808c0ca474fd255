import type { Health } from './health.js';

/** A watch goes on in another activity then, so that the workflow may leave its history behind. */
export const WATCH_MS_MAX = 30 * 60_000;

/** What a watcher has to know in order to go on from another one, of any worker; its heartbeats tell it. */
export interface WatchState {
  /** See `Seen`. */
  cursorMs: number;
  health: Health;
  /** Whether workflows may sleep and rely on being nudged. */
  isHealthy: boolean;
  /** How often it has looked of late, see `Moment`; absent before the first look. */
  tickMs?: number;
  /** Nothing is asked of Keboola, since too few jobs may rely on it, and whoever did has been nudged. */
  rests?: true;
  /** All workflows are still to be nudged, since whoever relied on it could not for a while, be it healthy again or not. */
  owes?: true;
}

/** Which project of Keboola to watch: all workflows of the task queue that have a job in it. */
export interface WatchRequest {
  /** By which the worker that has started the watch knows the project; another one may know it by another. */
  connection: string;
  /** The host of its Storage: ids of projects are those of a stack. */
  stack: string;
  /** Its id. */
  project: string;
  state?: WatchState;
}

/** Why a watch has ended; without a state there is nothing left to be watched. */
export interface WatchEnd {
  state?: WatchState;
}

/**
 * By which all workers of a task queue find the same watcher, whatever the connections are called that lead to its project. The
 * type of the workflow is its first part.
 */
export function watcherId(taskQueue: string, { stack, project }: WatchRequest): string {
  return ['watchProject', taskQueue, stack, project].map(encodeURIComponent).join('/');
}
