import { KeboolaError } from '../../http/keboola-error.js';

/** A file store's clock, which signatures must match. Until the store says otherwise, it is this machine's clock. */
export class StoreClock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /**
   * Makes a request that is signed by this clock. If the store refuses it because of its time, this machine's clock is
   * wrong: then it is made once more by the store's clock.
   *
   * @throws what the request throws.
   */
  async inTime<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const storeTimeMs = error instanceof KeboolaError ? error.facts.storeTimeMs : undefined;
      if (storeTimeMs === undefined) throw error;
      this.#aheadMs = storeTimeMs - Date.now();
      return await request();
    }
  }
}
