import { write } from 'node:fs';
import { Socket } from 'node:net';
import { stdout } from 'node:process';
import { promisify } from 'node:util';
import { shown } from '../../operate/colors.js';
import { takesNoMore } from '../../operate/standard-output.js';
import { UsageError } from '../exit/usage-error.js';
import { orAborted } from '../or-aborted.js';

/**
 * Writes data to standard output, unchanged if a file or a program takes it. A reader may go away before the end; that
 * ends the content, too, and is no failure.
 *
 * @param signal ends the writing even while nobody reads.
 * @returns how many bytes were written.
 * @throws UsageError if standard output takes no more; the reason of the signal; what the content throws.
 */
export async function pour(content: AsyncIterable<Buffer> | Iterable<Buffer>, signal?: AbortSignal): Promise<number> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of content) {
    const data = stdout.isTTY ? Buffer.from(shown(decoder.decode(piece, { stream: true }))) : piece;
    // Its type says that standard output is always a terminal.
    const isStream = (stdout as unknown) instanceof Socket;
    signal?.throwIfAborted();
    // If the reader stands still, a write waits forever.
    const code = await orAborted(signal, isStream ? toStream(data) : toFile(data));
    if (code === 'EPIPE') break;
    if (code !== undefined) throw new UsageError(takesNoMore(code));
    bytes += piece.byteLength;
  }
  return bytes;
}

/** @returns the error code, if it failed. */
async function toStream(data: Buffer): Promise<string | undefined> {
  if (stdout.destroyed) return 'EPIPE';
  return await new Promise((done) => void stdout.write(data, (error) => done(error ? codeOf(error) : undefined)));
}

/** Used because Node's own stream for a file ignores short writes. @returns the error code, if it failed. */
async function toFile(data: Buffer): Promise<string | undefined> {
  try {
    for (let done = 0; done < data.byteLength;) {
      done += (await promisify(write)(stdout.fd, data, done, data.byteLength - done, null)).bytesWritten;
    }
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
