/** Credentials that end. Many that find so at the same time ask for new ones once. */
export class Renewable<T> {
  #current: T;
  #renewing: Promise<void> | undefined;

  constructor(
    first: T,
    private readonly read: () => Promise<T>,
  ) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  async renew(): Promise<void> {
    this.#renewing ??= this.readAnew();
    await this.#renewing;
  }

  private async readAnew(): Promise<void> {
    try {
      this.#current = await this.read();
    } finally {
      this.#renewing = undefined;
    }
  }
}
