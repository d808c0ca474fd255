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
 * What is odd about the header of a CSV text: it has one column by the delimiter that is used, and more by another one.
 *
 * @param text without a byte order mark.
 * @returns the delimiter that is perhaps meant, as one writes it on a command line; undefined where nothing is odd.
 */
export function likelySeparator(text: string, delimiter = COMMA): string | undefined {
  const [header = ''] = text.split('\n', 1);
  // A line for Excel is no header, and is refused as what it is.
  if (header.includes(delimiter) || EXCEL_LINE.test(header)) return undefined;
  return SEPARATORS.find(([separator]) => separator !== delimiter && header.includes(separator))?.[1];
}

/** The delimiter that a first line `sep=;` names; undefined where there is no such line. */
export function excelSeparator(text: string): string | undefined {
  const [first = ''] = text.split('\n', 1);
  const named = EXCEL_LINE.exec(first)?.[1];
  return SEPARATORS.find(([separator]) => separator === named)?.[1] ?? named;
}
