import { steadyMs } from '../http/steady-ms.js';

/**
 * Remembers one promised value for a while, counted from when it came, and shares one request between all who ask
 * meanwhile. A failure is not remembered: the next one who asks tries again.
 */
export class Cached<T> {
  private value: Promise<T> | undefined;
  private last: { value: T } | undefined;
  private expiresAtMs = 0;
  /** Ends with the latest request, however that ends. */
  private underWay: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | undefined;
  private timesForgotten = 0;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly lifetimeMs: number,
    private readonly now: () => number = steadyMs,
    /** Answers with the last value when a new one cannot be had: for what hardly ever changes. */
    private readonly keepLast = false,
  ) {}

  get(): Promise<T> {
    return this.value && this.now() < this.expiresAtMs ? this.value : this.ask();
  }

  /**
   * Asks anew, whatever is remembered. An answer that is under way may be older than this call, so that one is let come
   * first; all who call meanwhile share the next one, however many they are.
   */
  getFresh(): Promise<T> {
    this.next ??= this.underWay.then(() => {
      this.next = undefined;
      return this.ask();
    });
    return this.next;
  }

  /** What is remembered is wrong from now on, and so is an answer that is under way. */
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
