import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An unlinked temporary file: however the process ends, nothing of it is left on the disk. */
export class DiskPlace {
  readonly #file: number;
  #bytes = 0;
  #isOpen = true;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'keboola-sandbox-'));
    this.#file = openSync(join(folder, 'content'), 'wx+');
    rmSync(folder, { recursive: true });
  }

  /**
   * @param over a place that nobody reads any more; the bytes go there if it is long enough.
   * @returns where the bytes are from now on.
   */
  write(bytes: Buffer, over?: { at: number; byteLength: number }): number {
    const isRoom = over !== undefined && over.byteLength >= bytes.byteLength;
    const at = isRoom ? over.at : this.#bytes;
    for (let done = 0; done < bytes.byteLength;) {
      done += writeSync(this.#file, bytes, done, bytes.byteLength - done, at + done);
    }
    if (!isRoom) this.#bytes += bytes.byteLength;
    return at;
  }

  /** After a `close` the content is gone: a reader that goes on gets an error. */
  read(at: number, byteLength: number): Buffer {
    if (!this.#isOpen) throw new Error('the file is not there any more');
    const bytes = Buffer.allocUnsafe(byteLength);
    for (let done = 0; done < byteLength;) {
      const read = readSync(this.#file, bytes, done, byteLength - done, at + done);
      if (read === 0) throw new Error('the disk of the sandbox has lost what was on it');
      done += read;
    }
    return bytes;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    ftruncateSync(this.#file, 0);
    closeSync(this.#file);
  }
}
