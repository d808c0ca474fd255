import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrokenGzip } from '../../input/storage/broken-gzip.js';
import { GZIP_MARK, isGzip } from '../../input/storage/gzip-mark.js';

/** Unzips a stream if its first bytes say that it is gzipped, else passes it on as it is. @throws BrokenGzip. */
export async function* unzipped(content: AsyncGenerator<Buffer, void>, name: string): AsyncGenerator<Buffer, void> {
  const { head, rest } = await headOf(content, GZIP_MARK.length);
  if (!isGzip(head)) {
    yield* rest;
    return;
  }
  const source = Readable.from(rest, { objectMode: false });
  const gunzip = createGunzip();
  // If the source fails, report that, and not the truncated gzip that results from it.
  let cause: Error | undefined;
  source.on('error', (error: Error) => {
    cause = error;
    gunzip.destroy(error);
  });
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    if (cause !== undefined) throw cause;
    throw new BrokenGzip(`${name} is a broken gzip file: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    gunzip.destroy();
    source.destroy();
  }
}

/** The first bytes of a stream, and the whole stream. */
async function headOf(
  content: AsyncGenerator<Buffer, void>,
  bytes: number,
): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer, void> }> {
  const pieces: Buffer[] = [];
  let held = 0;
  while (held < bytes) {
    const { value, done } = await content.next();
    if (done === true) break;
    pieces.push(value);
    held += value.byteLength;
  }
  const head = Buffer.concat(pieces);
  return {
    head,
    rest: (async function* () {
      if (head.byteLength > 0) yield head;
      yield* content;
    })(),
  };
}
