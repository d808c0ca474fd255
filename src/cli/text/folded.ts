/** A character above it takes two units of a text. */
const UNIT_MAX = 0xffff;

/**
 * Breaks a text into lines no wider than `width`, at blanks. A wider word goes on in the next line, so that it can be
 * read and copied whole, and no character is broken.
 */
export function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  do {
    const end = rest.length > width ? endOfLine(rest, width) : rest.length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  } while (rest !== '');
  return lines;
}

function endOfLine(text: string, width: number): number {
  const blank = text.lastIndexOf(' ', width);
  return blank > 0 ? blank : wholeUpTo(text, width);
}

/** Where the last whole character within the width ends. A line too narrow for its first character takes it whole. */
function wholeUpTo(text: string, width: number): number {
  const isHalf = (text.codePointAt(width - 1) ?? 0) > UNIT_MAX;
  if (!isHalf) return width;
  return width > 1 ? width - 1 : 2;
}
