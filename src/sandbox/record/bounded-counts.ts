/** The number of jobs is bounded, but forgotten jobs leave their counts behind: beyond this the oldest counts go. */
const COUNTED_MAX = 200_000;

/** Counts by key, for the latest keys. */
export class BoundedCounts {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    const count = this.#counts.get(key);
    if (count === undefined && this.#counts.size >= COUNTED_MAX) {
      this.#counts.delete(this.#counts.keys().next().value ?? '');
    }
    this.#counts.set(key, (count ?? 0) + 1);
  }

  get(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  entries(): Iterable<[string, number]> {
    return this.#counts;
  }

  view(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    this.#counts.clear();
  }
}
