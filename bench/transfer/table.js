import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';

const ROWS_PER_BLOCK = 10_000;

/** Writes a table of so many bytes, and some more to end its last row. @returns its rows and bytes. */
export async function writeTable(path, bytesMin) {
  const file = createWriteStream(path);
  let [rows, bytes] = [0, 0];
  const write = async (text) => {
    bytes += Buffer.byteLength(text);
    if (!file.write(text)) await once(file, 'drain');
  };
  await write('"id","name","text"\n');
  while (bytes < bytesMin) {
    const lines = Array.from({ length: ROWS_PER_BLOCK }, (_, at) => {
      const id = (rows + at) * 7_919;
      return `"${id}","customer ${id % 1_000}","some text, with a comma and ""quotes"", of row ${rows + at}"\n`;
    });
    await write(lines.join(''));
    rows += ROWS_PER_BLOCK;
  }
  file.end();
  await once(file, 'finish');
  return { rows, bytes };
}

export async function digestOf(path) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}
