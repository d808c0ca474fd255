import { KeboolaError } from '../../http/keboola-error.js';

/** The clock of a place for files, which takes no signature of another time. Until it says otherwise it is the machine's. */
export class StoreClock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /**
   * Makes a request that is signed by this clock; once more where it is refused for its time, since the clock of the machine
   * is wrong then.
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
