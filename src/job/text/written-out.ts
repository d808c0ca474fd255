/**
 * Characters that must not reach a terminal, because it would obey them (C0 and C1 controls, ESC, CSI, OSC) or because
 * people would not read what is written (writing direction, invisible characters, other line ends). Line feeds and tabs
 * are layout and may pass, and so may the selector that makes an emoji of the sign before it.
 */
const UNSAFE = new RegExp(
  [
    // Controls, other line ends, the blank sign of Braille, and marks around annotations.
    String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u2800\ufff9-\ufffb]`,
    // What Unicode gives no shape of its own: writing direction, joiners, selectors, tags, fillers.
    String.raw`(?!\ufe0f)\p{Default_Ignorable_Code_Point}`,
    // The selector, unless an emoji or the sign of a keycap (`1`, then it, then U+20E3) stands before it.
    String.raw`(?<!\p{Extended_Pictographic}|[\d#*](?=\ufe0f\u20e3))\ufe0f`,
  ].join('|'),
  'gu',
);

/** Escapes everything that a terminal would obey or hide, as `\u001b`. A JSON document keeps its meaning. */
export function writtenOut(text: string): string {
  return text.replaceAll(UNSAFE, (found) => {
    const units = Array.from({ length: found.length }, (_, index) => found.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** The same for a text that must stay on its line: a line break could fake a line of somebody else. */
export function writtenOutInLine(text: string): string {
  return lineFeedsWrittenOut(writtenOut(text));
}

export function lineFeedsWrittenOut(text: string): string {
  return text.replaceAll('\n', String.raw`\u000a`);
}
