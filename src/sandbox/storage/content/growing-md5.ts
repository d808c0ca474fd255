import { createHash } from 'node:crypto';

/** The MD5 of what comes piece after piece. Each is hashed once whoever has sent it has an answer, as a store does it that hashes while it reads. */
export class GrowingMd5 {
  readonly #hash = createHash('md5');
  #next: Buffer | undefined;

  update(bytes: Buffer): void {
    this.#take();
    this.#next = bytes;
    setImmediate(() => this.#take());
  }

  /** Of all that has come; nothing may come after it. */
  base64(): string {
    this.#take();
    return this.#hash.digest('base64');
  }

  #take(): void {
    if (this.#next !== undefined) this.#hash.update(this.#next);
    this.#next = undefined;
  }
}
