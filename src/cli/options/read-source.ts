import { open } from 'node:fs/promises';
import { stdin } from 'node:process';
import { tooLarge } from '../../input/text/bounds.js';
import { decodeText, Unreadable } from '../../input/text/decode-text.js';
import { UsageError } from '../exit/usage-error.js';

/**
 * Reads text from a file or a pipe, or `-` for standard input, but no more of it than may be sent.
 *
 * @param why says in the error what a larger text is too large for.
 * @param unzip is applied to the bytes before they become text; it may throw Unreadable.
 * @throws UsageError.
 */
export async function readSource(
  path: string,
  bytesMax: number,
  why: string,
  unzip?: (bytes: Buffer) => Buffer,
): Promise<string> {
  const name = path === '-' ? 'Standard input' : path;
  const bytes = await bytesOf(path, name, bytesMax);
  if (bytes.byteLength > bytesMax) throw new UsageError(`${name} ${tooLarge(bytesMax)}, ${why}.`);
  try {
    return decodeText(unzip ? unzip(bytes) : bytes);
  } catch (error) {
    if (error instanceof Unreadable) throw new UsageError(`${name} ${error.message}.`);
    throw error;
  }
}

async function bytesOf(path: string, name: string, bytesMax: number): Promise<Buffer> {
  try {
    if (path === '-') return await bounded(stdin, bytesMax);
    const file = await open(path);
    return await bounded(file.createReadStream({ end: bytesMax }), bytesMax);
  } catch (error) {
    throw new UsageError(`Cannot read ${name}: ${(error as Error).message}`);
  }
}

async function bounded(source: AsyncIterable<unknown>, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of source) {
    const buffer = Buffer.from(piece as Uint8Array);
    pieces.push(buffer);
    bytes += buffer.byteLength;
    if (bytes > bytesMax) break;
  }
  return Buffer.concat(pieces);
}
