/**
 * Remembers one promised value for a while, and shares one request between all who ask meanwhile. A failure is not
 * remembered: the next one who asks tries again.
 */
export class Cached<T> {
  private value: Promise<T> | undefined;
  private last: { value: T } | undefined;
  private expiresAtMs = 0;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly lifetimeMs: number,
    private readonly now: () => number = Date.now,
    /** Answers with the last value when a new one cannot be had: for what hardly ever changes. */
    private readonly keepLast = false,
  ) {}

  get(): Promise<T> {
    return this.value && this.now() < this.expiresAtMs ? this.value : this.getFresh();
  }

  /** Asks now, whatever is remembered; who asks later gets this answer. */
  getFresh(): Promise<T> {
    const loading = this.loadOrKeep();
    this.value = loading;
    this.expiresAtMs = this.now() + this.lifetimeMs;
    loading.catch(() => {
      if (this.value === loading) this.value = undefined;
    });
    return loading;
  }

  private async loadOrKeep(): Promise<T> {
    try {
      const value = await this.load();
      this.last = { value };
      return value;
    } catch (error) {
      if (this.keepLast && this.last) return this.last.value;
      throw error;
    }
  }
}
