import type { Health } from './health.js';

/** What a watcher has to know in order to go on from another one, of any worker. */
export interface WatchState {
  /** See `Seen`. */
  cursorMs: number;
  health: Health;
}

/** Which project of Keboola to watch: all workflows of the task queue that have a job in it. */
export interface WatchRequest {
  /** By which a worker of the task queue knows the project. */
  connection: string;
  /** Its id. */
  project: string;
  state?: WatchState;
}

/** Why a watch has ended; without a state there is nothing left to be watched. */
export interface WatchEnd {
  state?: WatchState;
}
