import { gzippedOnceRead } from '../../input/text/gzipped.js';
import { writeFileWhole } from './written-file.js';

export type Csv = AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * Writes a whole CSV or none, gzipped if the name ends in .gz, as the worker does in its folder.
 *
 * @returns the size of the CSV in bytes.
 * @throws as `writeFileWhole`.
 */
export async function writeCsv(path: string, csv: Csv): Promise<number> {
  const read = { bytes: 0 };
  const content = measured(csv, read);
  await writeFileWhole(path, path.endsWith('.gz') ? gzippedOnceRead(content) : content);
  return read.bytes;
}

async function* measured(csv: Csv, read: { bytes: number }): AsyncGenerator<Buffer, void> {
  for await (const piece of csv) {
    read.bytes += piece.byteLength;
    yield piece;
  }
}
