/** Rows per piece: few pieces, none of which doubles the file in memory. */
const ROWS_PER_PIECE = 10_000;

/** Writes CSV as Storage exports it: every value enclosed, enclosures doubled, lines ending in LF. */
export function writeCsv(rows: readonly (readonly string[])[]): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_PIECE) {
    pieces.push(
      Buffer.from(
        rows
          .slice(at, at + ROWS_PER_PIECE)
          .map(line)
          .join(''),
      ),
    );
  }
  return Buffer.concat(pieces);
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
