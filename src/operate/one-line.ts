/** A colour as a terminal gets it, or one character. */
const TOKENS = /\u001b\[[\d;]*m|./gsu;
const ELLIPSIS = '…';

/** Cuts a line so that it fits, and still ends its colours. @param columns undefined if there is room for all of it. */
export function oneLine(line: string, columns = Infinity): string {
  const tokens = line.match(TOKENS) ?? [];
  const isColour = (token: string): boolean => token.startsWith('\u001b');
  if (tokens.filter((token) => !isColour(token)).length <= columns) return line;
  let room = columns - ELLIPSIS.length;
  return tokens.map((token) => (isColour(token) ? token : room-- > 0 ? token : room === -1 ? ELLIPSIS : '')).join('');
}
