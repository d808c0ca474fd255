import { createHash } from 'node:crypto';

/**
 * The MD5 of content that arrives piece by piece. Each piece is hashed only after its sender has an answer, as in a
 * store that hashes while it reads.
 */
export class GrowingMd5 {
  readonly #hash = createHash('md5');
  #next: Buffer | undefined;

  update(bytes: Buffer): void {
    this.#take();
    this.#next = bytes;
    setImmediate(() => this.#take());
  }

  /** The MD5 of everything so far; nothing may be added after it. */
  base64(): string {
    this.#take();
    return this.#hash.digest('base64');
  }

  #take(): void {
    if (this.#next !== undefined) this.#hash.update(this.#next);
    this.#next = undefined;
  }
}
