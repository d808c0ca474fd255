interface Entry<T> {
  atMs: number;
  order: number;
  event: T;
}

/** Far above any honest use; reaching it means that a fixture spawns without end. */
const EVENTS_MAX = 2_000_000;

/** Future events, earliest first and, within one instant, in the order of scheduling: a bounded binary heap. */
export class EventQueue<T> {
  readonly #heap: Entry<T>[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  push(atMs: number, event: T): void {
    if (this.#heap.length >= EVENTS_MAX) throw new Error(`More than ${EVENTS_MAX} events are scheduled`);
    this.#heap.push({ atMs, order: this.#order++, event });
    this.#rise(this.#heap.length - 1);
  }

  /** Takes the earliest event that is due at `nowMs`, if there is one. */
  takeDue(nowMs: number): { atMs: number; event: T } | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  #sink(): void {
    for (let index = 0; index < this.#heap.length;) {
      const left = 2 * index + 1;
      const earlier = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfBefore(earlier, index)) return;
      index = earlier;
    }
  }

  #isBefore(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  }

  #swapIfBefore(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a === undefined || b === undefined || !this.#isBefore(index, other)) return false;
    this.#heap[index] = b;
    this.#heap[other] = a;
    return true;
  }
}
