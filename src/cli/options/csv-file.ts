import { stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { CSV_BYTES_MAX } from '../../job/storage/input.js';
import { isGzip } from '../../input/storage/gzip-mark.js';
import { Unreadable } from '../../input/text/decode-text.js';
import { readSource } from './read-source.js';

const OF_FILE =
  'which is what goes through Temporal; with KBC_URL and KBC_TOKEN set, `import` uploads a file of any size by itself';
const OF_PIPE =
  'which is what goes through Temporal; write it to a file first: with KBC_URL and KBC_TOKEN set, `import` uploads one of any size ' +
  'by itself';
/** After this long, the command says that it waits: nobody may be writing into the pipe. */
const SILENCE_MS_MAX = 2_000;

/**
 * Reads CSV, gzipped or not, from a file, a pipe, or `-` for standard input, but no more of it than can be loaded.
 *
 * @param say is told what the command waits for.
 * @throws UsageError.
 */
export async function readCsv(path: string, say: (words: string) => void): Promise<string> {
  const isFile = path !== '-' && (await stat(path).catch(() => undefined))?.isFile() === true;
  const why = isFile ? OF_FILE : OF_PIPE;
  const source = path === '-' ? 'standard input' : path;
  const waiting = isFile ? undefined : setTimeout(() => say(`Waiting for the end of ${source}`), SILENCE_MS_MAX);
  try {
    return await readSource(path, CSV_BYTES_MAX, why, (bytes) => unzipped(bytes, why));
  } finally {
    clearTimeout(waiting);
  }
}

/** Stops unpacking at the limit, so that a small gzip file cannot fill the memory. */
function unzipped(bytes: Buffer, why: string): Buffer {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: CSV_BYTES_MAX });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new Unreadable(
      isTooLarge ? `is larger than ${CSV_BYTES_MAX} bytes unzipped, ${why}` : 'is a broken gzip file',
    );
  }
}
