import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/** Gzips content while it is read, for speed rather than size. It starts at once: destroy it unless you read it all. */
export function gzipped(content: AsyncIterable<Buffer>): Readable {
  const source = Readable.from(content, { objectMode: false });
  // An error of the source reaches whoever reads the zip.
  return pipeline(source, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined);
}

/** Like `gzipped`, but starts only when read, so nothing has to be destroyed if nobody reads. */
export async function* gzippedOnceRead(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield* gzipped(content) as AsyncIterable<Buffer>;
}
