import type { Connections } from '../keboola/connections.js';

/** Where imports may read and exports may write on the worker's side. */
export interface FilesPlace {
  /** The folder; without one, the worker reads and writes no files. */
  folder?: string;
  /** Hosts whose https addresses may be read; for tests also `http://` and a loopback host. Default: none. */
  importHosts?: readonly string[];
}

/** `reliable`: waiting workflows may sleep. `idle`: this worker has no jobs to watch, or too few to be worth it. */
export type WatcherState = (typeof WATCHER_STATES)[number];

export const WATCHER_STATES = ['reliable', 'unreliable', 'idle'] as const;

/** What activities need from the worker that runs them. */
export interface ActivityDeps {
  connections: Connections;
  /** Whether the server knows every search attribute as a Keyword; any other type would fail workflow tasks forever. */
  searchAttributesRegistered: () => Promise<boolean>;
  /**
   * Whether a worker of this task queue with these activities is about to stop. Activities without an end then stop at
   * once and continue on another worker: the SDK cancels them only when the shutdown grace time is over.
   */
  isStopping?: (taskQueue: string) => boolean;
  /** How many activities such a worker runs at once: long ones must leave room for those of jobs. Default: enough. */
  activitySlots?: () => number;
  /** Accepts values under a `#key` of `configData` that Keboola has not encrypted. Default false. */
  allowPlainSecrets?: boolean;
  /** Default: no folder and no hosts. */
  files?: FilesPlace;
  /** Called with the state of a connection's watcher, as this worker sees it; the same state may be repeated. */
  tellWatcher?: (connection: string, state: WatcherState) => void;
}
