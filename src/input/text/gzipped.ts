import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/** A content gzipped while it is read, faster than small. It is begun at once: destroy what is not read to its end. */
export function gzipped(content: AsyncIterable<Buffer>): Readable {
  const source = Readable.from(content, { objectMode: false });
  // What goes wrong before is what the reader of the zip hears.
  return pipeline(source, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined);
}

/** As `gzipped`, and nothing is begun that would have to be ended where nobody reads. */
export async function* gzippedOnceRead(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield* gzipped(content) as AsyncIterable<Buffer>;
}
