import { StorageFailure } from './storage-failure.js';

/** The memory that files and tables share. What does not fit is refused before anything is changed. */
export class Room {
  #used = 0;

  constructor(readonly bytesMax: () => number) {}

  get free(): number {
    return this.bytesMax() - this.#used;
  }

  /** @throws StorageFailure when there is not that much left. */
  take(bytes: number): void {
    if (bytes > this.free) {
      throw new StorageFailure(
        'sandbox.full',
        `The sandbox holds ${this.bytesMax()} bytes of files and tables at most`,
      );
    }
    this.#used += bytes;
  }

  release(bytes: number): void {
    this.#used -= bytes;
  }
}
