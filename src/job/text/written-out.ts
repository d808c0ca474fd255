/**
 * Characters that must not reach a terminal, because it would obey them (C0 and C1 controls, ESC, CSI, OSC) or because
 * people would not read what is written (writing direction, invisible characters, other line ends). Line feeds and tabs
 * are layout and may pass.
 */
const UNSAFE = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udc7f]`;

/** Escapes everything that a terminal would obey or hide, as `\u001b`. A JSON document keeps its meaning. */
export function writtenOut(text: string): string {
  return text.replace(new RegExp(UNSAFE, 'g'), (found) => {
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
