import type { Connections } from '../keboola/connections.js';

/** Where imports may read from and exports may write to on the worker's side. */
export interface FilesPlace {
  /** The folder; without one no file of the worker is read or written. */
  folder?: string;
  /** Hosts whose https addresses may be read, or `http://` and one of this machine for tests. Default: none. */
  importHosts?: readonly string[];
}

/** `reliable`: whoever waits may sleep. `idle`: no job of this worker is to be watched, or too few are for that to be worth it. */
export type WatcherState = (typeof WATCHER_STATES)[number];

export const WATCHER_STATES = ['reliable', 'unreliable', 'idle'] as const;

/** What activities need from the worker that runs them. */
export interface ActivityDeps {
  connections: Connections;
  /** Whether the server knows every search attribute as a Keyword; any other would fail workflow tasks for ever. */
  searchAttributesRegistered: () => Promise<boolean>;
  /**
   * Whether a worker of this task queue that has these activities is about to stop. What may take for ever ends then, and goes
   * on elsewhere: the SDK cancels it only when the grace time is over.
   */
  isStopping?: (taskQueue: string) => boolean;
  /** How many activities such a worker does at once: one that lasts may not be in the way of those that jobs need. Default: enough. */
  activitySlots?: () => number;
  /** Lets values under a `#key` of `configData` pass although Keboola has not encrypted them. Default false. */
  allowPlainSecrets?: boolean;
  /** Default: neither folder nor hosts. */
  files?: FilesPlace;
  /** Hears how the watcher of a connection does, as this worker sees it; the same may be told again. */
  tellWatcher?: (connection: string, state: WatcherState) => void;
}
