/** Roughly what a value and a row take of the memory besides their text. */
const CELL_BYTES = 48;
const ROW_BYTES = 200;

/** What a row takes of the sandbox's memory. */
export function heldBytesOf(cells: readonly string[]): number {
  return ROW_BYTES + cells.length * CELL_BYTES + dataBytesOf(cells);
}

/** What a row's values alone would take in a file. */
export function dataBytesOf(cells: readonly string[]): number {
  let bytes = 0;
  for (const cell of cells) bytes += Buffer.byteLength(cell);
  return bytes;
}
