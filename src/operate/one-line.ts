/** Colours as a terminal gets them, else one character. */
const TOKENS = /\u001b\[[\d;]*m|./gsu;
const ELLIPSIS = '…';

/** A line that fits, cut off with its colours ended as they would have been. @param columns undefined where there is room for all. */
export function oneLine(line: string, columns = Infinity): string {
  const tokens = line.match(TOKENS) ?? [];
  const isColour = (token: string): boolean => token.startsWith('\u001b');
  if (tokens.filter((token) => !isColour(token)).length <= columns) return line;
  let room = columns - ELLIPSIS.length;
  return tokens.map((token) => (isColour(token) ? token : room-- > 0 ? token : room === -1 ? ELLIPSIS : '')).join('');
}
