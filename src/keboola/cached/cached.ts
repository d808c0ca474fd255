import { steadyMs } from '../http/steady-ms.js';

/**
 * Caches one promised value for a while, counted from its arrival; callers share one request meanwhile. A failure is
 * not cached: the next caller tries again.
 */
export class Cached<T> {
  private value: Promise<T> | undefined;
  private last: { value: T } | undefined;
  private expiresAtMs = 0;
  /** Resolves when the latest request settles, even if that fails. */
  private underWay: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | undefined;
  private timesForgotten = 0;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly lifetimeMs: number,
    private readonly now: () => number = steadyMs,
    /** Falls back to the last value if loading a new one fails: for what hardly ever changes. */
    private readonly keepLast = false,
  ) {}

  get(): Promise<T> {
    return this.value && this.now() < this.expiresAtMs ? this.value : this.ask();
  }

  /**
   * Loads anew, whatever is cached. A request under way may be older than this call, so it is awaited first; all who
   * call meanwhile share the next request.
   */
  getFresh(): Promise<T> {
    this.next ??= this.underWay.then(() => {
      this.next = undefined;
      return this.ask();
    });
    return this.next;
  }

  /** Discards what is cached; an answer that is still under way is not kept either. */
  forget(): void {
    this.timesForgotten += 1;
    this.value = undefined;
    this.last = undefined;
  }

  private ask(): Promise<T> {
    const loading = this.loadOrKeep();
    this.value = loading;
    this.expiresAtMs = this.now() + this.lifetimeMs;
    this.underWay = loading.then(
      () => {
        if (this.value === loading) this.expiresAtMs = this.now() + this.lifetimeMs;
      },
      () => {
        if (this.value === loading) this.value = undefined;
      },
    );
    return loading;
  }

  private async loadOrKeep(): Promise<T> {
    const { timesForgotten } = this;
    try {
      const value = await this.load();
      if (timesForgotten === this.timesForgotten) this.last = { value };
      return value;
    } catch (error) {
      if (this.keepLast && this.last) return this.last.value;
      throw error;
    }
  }
}
