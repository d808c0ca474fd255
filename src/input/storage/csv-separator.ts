/** Between values, where nothing else is said. */
export const COMMA = ',';

/** The comma, and what spreadsheets put between values where that is the mark of decimals. */
const SEPARATORS: readonly (readonly [separator: string, written: string])[] = [
  [COMMA, COMMA],
  [';', ';'],
  ['\t', '\\t'],
  ['|', '|'],
];

/** A line that only Excel reads; Storage would take it for the header. */
const EXCEL_LINE = /^"?sep=(.)"?\r?$/i;

/**
 * What is odd about the header of a CSV text: another mark than the delimiter stands in it more often, outside of what is
 * enclosed. Mostly it has one column by the delimiter; a comma within a name makes it two.
 *
 * @param text without a byte order mark.
 * @returns the delimiter that is perhaps meant, as one writes it on a command line; undefined where nothing is odd.
 */
export function likelySeparator(text: string, delimiter = COMMA, enclosure = '"'): string | undefined {
  const [header = ''] = text.split('\n', 1);
  // A line for Excel is no header, and is refused as what it is.
  if (EXCEL_LINE.test(header)) return undefined;
  const names = notEnclosed(header, enclosure);
  let [often, likely] = [timesIn(names, delimiter), undefined as string | undefined];
  for (const [separator, written] of SEPARATORS) {
    const times = timesIn(names, separator);
    if (times > often) [often, likely] = [times, written];
  }
  return likely;
}

/** Goes on behind an error that comes of a wrong delimiter, where another one is likely. */
export function separatorHint(likely: string | undefined): string {
  return likely === undefined ? '' : `; its values seem to be separated by '${likely}': name it as the delimiter`;
}

/** The delimiter that a first line `sep=;` names; undefined where there is no such line. */
export function excelSeparator(text: string): string | undefined {
  const [first = ''] = text.split('\n', 1);
  const named = EXCEL_LINE.exec(first)?.[1];
  return SEPARATORS.find(([separator]) => separator === named)?.[1] ?? named;
}

/** Every other part stands between two enclosures. */
function notEnclosed(header: string, enclosure: string): string {
  if (enclosure === '') return header;
  return header
    .split(enclosure)
    .filter((_, at) => at % 2 === 0)
    .join('');
}

function timesIn(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
