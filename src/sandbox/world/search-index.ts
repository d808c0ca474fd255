import type { JobFacts } from './job-record.js';

/** A write on its way into the index. */
export interface Indexed {
  facts: JobFacts;
  /** Writes are numbered, so that a slow one never hides a later one. */
  revision: number;
}

/** What the list shows: for each job the latest write to have arrived. It can be stalled, and catches up later. */
export class SearchIndex {
  readonly #shown = new Map<string, Indexed>();
  readonly #held = new Map<string, Indexed>();

  take(write: Indexed, isStalled: boolean): void {
    const target = isStalled ? this.#held : this.#shown;
    const { id } = write.facts;
    if ((target.get(id)?.revision ?? -1) < write.revision) target.set(id, write);
  }

  /** Shows what arrived while it was stalled. */
  catchUp(): void {
    for (const write of this.#held.values()) this.take(write, false);
    this.#held.clear();
  }

  get(id: string): JobFacts | undefined {
    return this.#shown.get(id)?.facts;
  }

  forget(id: string): void {
    this.#shown.delete(id);
    this.#held.delete(id);
  }
}
