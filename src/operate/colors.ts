import { randomInt } from 'node:crypto';
import picocolors from 'picocolors';

/**
 * Our own colours look like colours to whoever measures a text, and carry numbers that nobody outside of this process
 * knows. So at the rim they can be told from those that a job's message brings along.
 */
const OURS = Array.from({ length: 4 }, () => randomInt(1_000, 10_000)).join(';');
const mark = (code: number): string => `\u001b[${OURS};${code}m`;
const MARKS = new RegExp(`(\\u001b\\[)${OURS};(\\d+m)`, 'g');

type Paint = (text: string) => string;

function paint(open: number, close: number): Paint {
  if (!picocolors.isColorSupported) return (text) => text;
  const [start, end] = [mark(open), mark(close)];
  // What was painted before ends with the same mark, and this paint goes on behind it.
  return (text) => `${start}${text.replaceAll(end, `${end}${start}`)}${end}`;
}

/** The colours of the command line, where the terminal has any. */
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
 * What must not reach a terminal: it would obey (C0 and C1 controls, ESC, CSI, OSC), or people would read something else
 * than is written (direction of writing, invisible characters, other line ends). A line feed and a tab are layout.
 */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/**
 * A text as a terminal may get it: our colours are colours, and everything else that a terminal would obey or hide is
 * written out, as `\u001b`. In a document of JSON that is the same document.
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

/** The same for a text that must stay in its line: what begins a new one could pass for a line of ours. */
export function shownInLine(text: string): string {
  return shown(text).replaceAll('\n', String.raw`\u000a`);
}

function writtenOut(text: string): string {
  return text.replace(UNSAFE, (found) => {
    const units = Array.from({ length: found.length }, (_, index) => found.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
