import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32c } from './crc32c.js';
import type { DiskPlace } from './disk-place.js';

const READ_BYTES = 1_048_576;
/** Hashing this much takes a tenth of a second or two. */
const CRC32C_BYTES_MAX = 64 * 1_048_576;

/** Some bytes, in memory or at a place on the disk. */
export type Piece = Buffer | { disk: DiskPlace; at: number; byteLength: number };

/** The content of a blob: a sequence of pieces, joined without copying any. */
export class Content {
  readonly byteLength: number;
  readonly #pieces: readonly Piece[];
  readonly #parts: readonly Content[];
  #md5: string | undefined;
  #etag: string | undefined;

  private constructor(pieces: readonly Piece[], parts: readonly Content[], md5?: string) {
    this.byteLength = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
    [this.#pieces, this.#parts, this.#md5] = [pieces, parts, md5];
  }

  static of(piece: Piece): Content {
    return new Content([piece], []);
  }

  /** @param md5 in base64, if it is known already. */
  static joined(parts: readonly Content[], md5?: string): Content {
    const pieces = parts.flatMap((part) => part.#pieces);
    return new Content(pieces, parts, md5);
  }

  /** Where the content is on the disk, if it is a single piece there. */
  get place(): { at: number; byteLength: number } | undefined {
    const [piece, ...others] = this.#pieces;
    return piece === undefined || Buffer.isBuffer(piece) || others.length > 0 ? undefined : piece;
  }

  /** In base64; computed once, from all of the bytes. */
  get md5(): string {
    if (this.#md5 !== undefined) return this.#md5;
    const hash = createHash('md5');
    for (const bytes of this.read(0, this.byteLength)) hash.update(bytes);
    return (this.#md5 = hash.digest('base64'));
  }

  /** As in S3: the MD5 in hex; for an object in parts, the MD5 of all their MD5s. */
  get etag(): string {
    return (this.#etag ??= this.#parts.length > 1 ? etagOfParts(this.#parts) : hexOf(this.md5));
  }

  /** In base64; undefined for content that is too long to be read just for this. */
  get crc32c(): string | undefined {
    return this.byteLength > CRC32C_BYTES_MAX ? undefined : crc32c(this.read(0, this.byteLength));
  }

  /** The whole content, in memory. */
  whole(): Buffer {
    return Buffer.concat([...this.read(0, this.byteLength)]);
  }

  /** The bytes from `from` to before `to`, read on demand. */
  stream(from: number, to: number): Readable {
    return Readable.from(this.read(from, to), { objectMode: false });
  }

  private *read(from: number, to: number): Generator<Buffer, void> {
    let start = 0;
    for (const piece of this.#pieces) {
      const [first, last] = [Math.max(from - start, 0), Math.min(to - start, piece.byteLength)];
      for (let at = first; at < last; at += READ_BYTES) yield bytesOf(piece, at, Math.min(at + READ_BYTES, last));
      start += piece.byteLength;
    }
  }
}

function bytesOf(piece: Piece, from: number, to: number): Buffer {
  return Buffer.isBuffer(piece) ? piece.subarray(from, to) : piece.disk.read(piece.at + from, to - from);
}

function etagOfParts(parts: readonly Content[]): string {
  const sums = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, 'base64')));
  return `${createHash('md5').update(sums).digest('hex')}-${parts.length}`;
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
