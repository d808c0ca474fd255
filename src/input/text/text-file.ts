import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { tooLarge } from './bounds.js';
import { decodeText, Unreadable } from './decode-text.js';

/** With O_NONBLOCK, opening a pipe does not wait for a writer. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads a text file of at most `bytesMax`. If the path leads to a pipe, a device or a huge file, it is refused.
 *
 * @throws Unreadable.
 */
export function readTextFile(path: string, bytesMax: number): string {
  return decodeText(bytesOf(path, bytesMax));
}

function bytesOf(path: string, bytesMax: number): Uint8Array {
  try {
    const file = openSync(path, READ_WITHOUT_WAITING);
    try {
      if (!fstatSync(file).isFile()) throw new Unreadable('cannot be read: it is not a file');
      return bounded(file, bytesMax);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Does not rely on the file's reported size: the file may grow, and those under `/proc` report 0. */
function bounded(file: number, bytesMax: number): Uint8Array {
  const buffer = Buffer.alloc(bytesMax + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, buffer, length, buffer.byteLength - length, null);
    length += read;
    if (length > bytesMax) throw new Unreadable(`cannot be read: it ${tooLarge(bytesMax)}`);
    if (read === 0) return buffer.subarray(0, length);
  }
}
