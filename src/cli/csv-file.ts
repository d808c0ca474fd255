import { open, rename, rm, writeFile } from 'node:fs/promises';
import { stdin } from 'node:process';
import { CSV_BYTES_MAX } from '../job/storage/input.js';
import { UsageError } from './usage-error.js';

/** Reads CSV from a file, or `-` for standard input, and no more of it than can be loaded. @throws UsageError. */
export async function readCsv(path: string): Promise<string> {
  const bytes = await readBounded(path);
  if (bytes.byteLength > CSV_BYTES_MAX) {
    throw new UsageError(`${path} is larger than ${CSV_BYTES_MAX} bytes, which is what goes through Temporal.`);
  }
  try {
    // A mark of the byte order is kept: what it means is for the import to say.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is no text in UTF-8. Convert it first, for example with iconv.`);
  }
}

/** Writes a whole file or none: what is half written has another name. @throws UsageError. */
export async function writeCsv(path: string, csv: string): Promise<void> {
  const half = `${path}.${process.pid}.part`;
  try {
    await writeFile(half, csv, { flag: 'wx' });
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw new UsageError(`Cannot write ${path}: ${(error as Error).message}`);
  }
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    if (path === '-') return await bounded(stdin);
    const file = await open(path);
    return await bounded(file.createReadStream({ end: CSV_BYTES_MAX }));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

async function bounded(source: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of source) {
    const buffer = Buffer.from(piece as Uint8Array);
    pieces.push(buffer);
    bytes += buffer.byteLength;
    if (bytes > CSV_BYTES_MAX) break;
  }
  return Buffer.concat(pieces);
}
