import { SandboxInputError } from '../../sandbox-input-error.js';

/** The one sequence that ids and run ids come from: 64-bit numbers, written as text because numbers end at 2^53. */
export class Tickets {
  #next: bigint;

  constructor(first: number | string) {
    this.#next = BigInt(first);
  }

  take(): string {
    return String(this.#next++);
  }

  /** @throws SandboxInputError for a number that was given out already: ids stay unique. */
  raise(first: number | string): void {
    const next = BigInt(first);
    if (next < this.#next) {
      throw new SandboxInputError(`firstTicket ${next} is given out already; the next one is ${this.#next}`);
    }
    this.#next = next;
  }
}
