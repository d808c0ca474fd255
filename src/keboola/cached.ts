/**
 * Remembers one promised value for a while, and shares one request between all who ask meanwhile. A failure is not
 * remembered: the next one who asks tries again.
 */
export class Cached<T> {
  private value: Promise<T> | undefined;
  private expiresAtMs = 0;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly lifetimeMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  get(): Promise<T> {
    if (this.value && this.now() < this.expiresAtMs) return this.value;
    const loading = this.load();
    this.value = loading;
    this.expiresAtMs = this.now() + this.lifetimeMs;
    loading.catch(() => {
      if (this.value === loading) this.value = undefined;
    });
    return loading;
  }
}
