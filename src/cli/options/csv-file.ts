import { gunzipSync } from 'node:zlib';
import { CSV_BYTES_MAX } from '../../job/storage/input.js';
import { Unreadable } from '../../input/text/decode-text.js';
import { readSource } from './read-source.js';

const TOO_LARGE =
  'which is what goes through Temporal; with KBC_URL and KBC_TOKEN set, `import` uploads a file of any size by itself';
const GZIP = [0x1f, 0x8b];

/** Reads CSV, gzipped or not, from a file, or `-` for standard input, and no more of it than can be loaded. @throws UsageError. */
export async function readCsv(path: string): Promise<string> {
  return await readSource(path, CSV_BYTES_MAX, TOO_LARGE, unzipped);
}

/** A file that unpacks to a film is not unpacked. */
function unzipped(bytes: Buffer): Buffer {
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: CSV_BYTES_MAX });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new Unreadable(
      isTooLarge ? `is larger than ${CSV_BYTES_MAX} bytes unzipped, ${TOO_LARGE}` : 'is a broken gzip file',
    );
  }
}
