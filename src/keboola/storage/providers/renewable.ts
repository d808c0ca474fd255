/** Credentials that expire. Callers that renew them at the same time share one request. */
export class Renewable<T> {
  #current: T;
  #renewing: Promise<void> | undefined;

  constructor(
    first: T,
    private readonly read: (signal: AbortSignal) => Promise<T>,
  ) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  /** @param signal the first caller's signal counts for all callers. */
  async renew(signal: AbortSignal): Promise<void> {
    this.#renewing ??= this.readAnew(signal);
    await this.#renewing;
  }

  private async readAnew(signal: AbortSignal): Promise<void> {
    try {
      this.#current = await this.read(signal);
    } finally {
      this.#renewing = undefined;
    }
  }
}
