/** Credentials that end. Many that find so at the same time ask for new ones once. */
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

  /** @param signal of the first who asks is that of all. */
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
