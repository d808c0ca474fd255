import { rename, rm, writeFile } from 'node:fs/promises';
import { CSV_BYTES_MAX } from '../job/storage/input.js';
import { readSource } from './read-source.js';
import { UsageError } from './usage-error.js';

/** Reads CSV from a file, or `-` for standard input, and no more of it than can be loaded. @throws UsageError. */
export async function readCsv(path: string): Promise<string> {
  return await readSource(path, CSV_BYTES_MAX, 'which is what goes through Temporal');
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
