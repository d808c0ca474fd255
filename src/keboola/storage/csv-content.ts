import { createGzip, constants } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** A content without the mark that some programs put in front: it would become part of the first column's name. */
export async function* withoutMark(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of content) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.byteLength < BYTE_ORDER_MARK.byteLength) continue;
    yield unmarked(head);
    head = undefined;
  }
  if (head !== undefined && head.byteLength > 0) yield unmarked(head);
}

/** A content gzipped while it is read, faster than small. It is begun at once: destroy what is not read to its end. */
export function gzipped(content: AsyncIterable<Buffer>): Readable {
  const source = Readable.from(content, { objectMode: false });
  // What goes wrong before is what the reader of the zip hears.
  return pipeline(source, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined);
}

function unmarked(head: Buffer): Buffer {
  const isMarked = head.subarray(0, BYTE_ORDER_MARK.byteLength).equals(BYTE_ORDER_MARK);
  return isMarked ? head.subarray(BYTE_ORDER_MARK.byteLength) : head;
}
