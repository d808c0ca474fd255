import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const VERSION = '2017-11-09';

/** What a signature allows with the blobs of one container, and when. */
export interface Grant {
  container: string;
  /** `rwl` for uploads, `rl` for downloads. */
  permissions: string;
  fromMs: number;
  untilMs: number;
}

/** Signs the URLs of blobs as Azure does, with a key that nobody else has. */
export class BlobSigner {
  readonly #key = randomBytes(KEY_BYTES);

  /** The query of a signed URL. */
  sign({ container, permissions, fromMs, untilMs }: Grant): string {
    const [st, se] = [second(fromMs), second(untilMs)];
    const sig = encodeURIComponent(this.#signature([container, permissions, st, se]));
    return `sv=${VERSION}&sr=c&st=${st}&se=${se}&sp=${permissions}&sig=${sig}`;
  }

  allows(query: URLSearchParams, container: string, permission: 'r' | 'w', nowMs: number): boolean {
    const [st, se, sp, sig] = ['st', 'se', 'sp', 'sig'].map((name) => query.get(name) ?? '');
    if (se === undefined || sp?.includes(permission) !== true || !(Date.parse(se) >= nowMs)) return false;
    const [expected, given] = [this.#signature([container, sp, st ?? '', se]), sig ?? ''].map((text) =>
      Buffer.from(text),
    );
    return expected !== undefined && expected.length === given?.length && timingSafeEqual(expected, given);
  }

  #signature(parts: string[]): string {
    return createHmac('sha256', this.#key).update(parts.join('\n')).digest('base64');
  }
}

function second(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
