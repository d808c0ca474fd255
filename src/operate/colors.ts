import { randomInt } from 'node:crypto';
import picocolors from 'picocolors';
import { lineFeedsWrittenOut, writtenOut } from '../job/text/written-out.js';

/**
 * Our colours look like colours to code that measures a text, and carry random numbers that nobody outside this process
 * knows. So the output can tell them from colours that a job's message brings along.
 */
const OURS = Array.from({ length: 4 }, () => randomInt(1_000, 10_000)).join(';');
const mark = (code: number): string => `\u001b[${OURS};${code}m`;
const MARKS = new RegExp(`(\\u001b\\[)${OURS};(\\d+m)`, 'g');

type Paint = (text: string) => string;

function paint(open: number, close: number): Paint {
  if (!picocolors.isColorSupported) return (text) => text;
  const [start, end] = [mark(open), mark(close)];
  // A part that was painted before ends with the same mark; this paint goes on behind it.
  return (text) => `${start}${text.replaceAll(end, `${end}${start}`)}${end}`;
}

/** The colours of the command line, if the terminal has any. */
export const colors = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
  magenta: paint(35, 39),
  cyan: paint(36, 39),
};

/**
 * A text as a terminal may get it: our colours become colours, and everything else that a terminal would obey or hide
 * is written out, as `\u001b`. A JSON document keeps its meaning by that.
 */
export function shown(text: string): string {
  let safe = '';
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    safe += `${writtenOut(text.slice(end, match.index))}${match[1] ?? ''}${match[2] ?? ''}`;
    end = match.index + match[0].length;
  }
  return safe + writtenOut(text.slice(end));
}

/** The same for a text that must stay in its line: a new line could pass for a line of ours. */
export function shownInLine(text: string): string {
  return lineFeedsWrittenOut(shown(text));
}
