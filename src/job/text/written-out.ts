/**
 * What must not reach a terminal: it would obey (C0 and C1 controls, ESC, CSI, OSC), or people would read something else
 * than is written (direction of writing, invisible characters, other line ends). A line feed and a tab are layout.
 */
const UNSAFE = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udc7f]`;

/** A text with all that a terminal would obey or hide written out, as `\u001b`. In a document of JSON that is the same document. */
export function writtenOut(text: string): string {
  return text.replace(new RegExp(UNSAFE, 'g'), (found) => {
    const units = Array.from({ length: found.length }, (_, index) => found.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** The same for a text that must stay in its line: what begins a new one could pass for a line of somebody else. */
export function writtenOutInLine(text: string): string {
  return lineFeedsWrittenOut(writtenOut(text));
}

export function lineFeedsWrittenOut(text: string): string {
  return text.replaceAll('\n', String.raw`\u000a`);
}
