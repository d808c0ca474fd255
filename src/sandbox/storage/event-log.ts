import type { JsonObject } from '../json.js';

import type { EventType } from '../fixture/event-types.js';

/** Something that happened in a project, as it was written; it never changes. */
export interface StorageEvent {
  /** Counts from the first event of the sandbox. */
  readonly number: number;
  readonly atMs: number;
  readonly projectId: number;
  readonly token: { readonly id: string; readonly description: string };
  /** `storage.tableImportDone`, or `ext.` and the component. */
  readonly event: string;
  readonly component: string;
  readonly configurationId: string | null;
  readonly runId: string | null;
  readonly type: EventType;
  readonly message: string;
  readonly description: string;
  readonly objectId: string | null;
  readonly params: JsonObject;
  readonly results: JsonObject;
  readonly durationSeconds: number | null;
}

export type NewEvent = Pick<StorageEvent, 'projectId' | 'token' | 'event' | 'component' | 'runId' | 'message'> &
  Partial<StorageEvent>;

const EVENTS_MAX = 100_000;

/** The latest events of all projects, in the order of their writes. */
export class EventLog {
  #events: StorageEvent[] = [];
  #count = 0;

  add(event: NewEvent, nowMs: number): StorageEvent {
    const defaults = { configurationId: null, type: 'info', description: '', objectId: null } as const;
    const empty = { params: {}, results: {}, durationSeconds: null };
    const written = { ...defaults, ...empty, ...event, number: ++this.#count, atMs: nowMs };
    this.#events.push(written);
    // Trimmed by halves: shifting one by one would cost a copy of the whole log for every event.
    if (this.#events.length >= 2 * EVENTS_MAX) this.#events = this.#events.slice(-EVENTS_MAX);
    return written;
  }

  oldestFirst(projectId: number): StorageEvent[] {
    return this.#events.slice(-EVENTS_MAX).filter((event) => event.projectId === projectId);
  }
}
