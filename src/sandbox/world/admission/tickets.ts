import { SandboxInputError } from '../../sandbox-input-error.js';

/** The one sequence of ids and run ids: 64-bit numbers, as text because JavaScript's are exact only up to 2^53. */
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
