/** A character above it takes two units of a text. */
const UNIT_MAX = 0xffff;

/**
 * Breaks a text into lines no wider than `width`, at blanks. A wider word goes on in the next line, so that it can be
 * read and copied whole, and no character is broken.
 */
export function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const end = blank > 0 ? blank : wholeUpTo(rest, width);
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** Where the last whole character within the width ends; at least one character, so that each line takes something. */
function wholeUpTo(text: string, width: number): number {
  const isHalf = width > 1 && (text.codePointAt(width - 1) ?? 0) > UNIT_MAX;
  return isHalf ? width - 1 : width;
}
