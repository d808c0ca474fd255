/** One row of a Markdown table, its cells without the blanks around them. */
export interface TableRow {
  /** The nearest heading above. */
  heading: string;
  cells: string[];
}

/** All body rows of all tables of a document. A pipe inside of a cell is written `\|`. */
export function tableRows(markdown: string): TableRow[] {
  const rows: TableRow[] = [];
  let heading = '';
  let inBody = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    if (!line.startsWith('|')) inBody = false;
    else if (/^\|[\s:|-]+\|$/.test(line)) inBody = true;
    else if (inBody) rows.push({ heading, cells: cellsOf(line) });
  }
  return rows;
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The texts in backticks of a cell; two backticks around one that holds some itself. */
export function codeSpans(cell: string): string[] {
  return [...cell.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , code = '']) => code.trim());
}
