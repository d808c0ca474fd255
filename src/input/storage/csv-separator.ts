/** The default delimiter between values. */
export const COMMA = ',';

/** The comma, and what spreadsheets use where the comma is the decimal mark. */
const SEPARATORS: readonly (readonly [separator: string, written: string])[] = [
  [COMMA, COMMA],
  [';', ';'],
  ['\t', '\\t'],
  ['|', '|'],
];

/** A line that only Excel understands; Storage would take it for the header. */
const EXCEL_LINE = /^"?sep=(.)"?\r?$/i;

/**
 * Guesses whether the delimiter of a CSV text is wrong: outside of enclosures, its header then contains another
 * separator more often. By the wrong delimiter it usually has one column, or two if a name contains a comma.
 *
 * @param text without a byte order mark.
 * @returns the delimiter that is probably meant, as written on a command line; undefined if the given one looks right.
 */
export function likelySeparator(text: string, delimiter = COMMA, enclosure = '"'): string | undefined {
  const [header = ''] = text.split('\n', 1);
  // A line for Excel is not a header and is refused with a message of its own.
  if (EXCEL_LINE.test(header)) return undefined;
  const names = notEnclosed(header, enclosure);
  let [often, likely] = [timesIn(names, delimiter), undefined as string | undefined];
  for (const [separator, written] of SEPARATORS) {
    const times = timesIn(names, separator);
    if (times > often) [often, likely] = [times, written];
  }
  return likely;
}

/** Continues an error message that a wrong delimiter may explain; empty if no other delimiter is likely. */
export function separatorHint(likely: string | undefined): string {
  return likely === undefined ? '' : `; its values seem to be separated by '${likely}': name it as the delimiter`;
}

/** The delimiter that a first line such as `sep=;` names; undefined if there is no such line. */
export function excelSeparator(text: string): string | undefined {
  const [first = ''] = text.split('\n', 1);
  const named = EXCEL_LINE.exec(first)?.[1];
  return SEPARATORS.find(([separator]) => separator === named)?.[1] ?? named;
}

/** The parts outside of enclosures: every second part is enclosed. */
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
