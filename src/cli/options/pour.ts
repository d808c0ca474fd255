import { write } from 'node:fs';
import { Socket } from 'node:net';
import { stdout } from 'node:process';
import { promisify } from 'node:util';
import { FULL_CODES } from '../../input/text/full-codes.js';
import { shown } from '../../operate/colors.js';
import { UsageError } from '../exit/usage-error.js';
import { orAborted } from '../or-aborted.js';

/**
 * Data to standard output, as it is where a file or a program takes it. Who reads may go away before its end, which ends the
 * content, too, and is no failure.
 *
 * @param signal ends it also while nobody reads.
 * @returns how many bytes.
 * @throws UsageError where standard output takes no more, the reason of the signal, what the content throws.
 */
export async function pour(content: AsyncIterable<Buffer> | Iterable<Buffer>, signal?: AbortSignal): Promise<number> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of content) {
    const data = stdout.isTTY ? Buffer.from(shown(decoder.decode(piece, { stream: true }))) : piece;
    // To its type standard output is always that of a terminal.
    const isStream = (stdout as unknown) instanceof Socket;
    signal?.throwIfAborted();
    // Who stands still keeps a write waiting for ever.
    const code = await orAborted(signal, isStream ? toStream(data) : toFile(data));
    if (code === 'EPIPE') break;
    if (code !== undefined) throw notWhole(code);
    bytes += piece.byteLength;
  }
  return bytes;
}

function notWhole(code: string): UsageError {
  const why = FULL_CODES.includes(code) ? `its disk is full: ${code}` : code;
  return new UsageError(`Standard output takes no more (${why}); what was written is not whole`);
}

/** @returns the code of what went wrong. */
async function toStream(data: Buffer): Promise<string | undefined> {
  if (stdout.destroyed) return 'EPIPE';
  return await new Promise((done) => void stdout.write(data, (error) => done(error ? codeOf(error) : undefined)));
}

/** Node's own stream for a file takes no notice of a write that was short. @returns the code of what went wrong. */
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
