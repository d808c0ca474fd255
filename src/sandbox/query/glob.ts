/** A wildcard pattern, ready to match: literal characters, `?` for any one and `*` for any text. */
type Glob = readonly (string | typeof ANY_ONE | typeof ANY_TEXT)[];

const ANY_ONE = Symbol('?');
const ANY_TEXT = Symbol('*');

/** Reads a pattern in which a backslash makes the next character literal. */
export function parseGlob(text: string): Glob {
  const parts: (string | typeof ANY_ONE | typeof ANY_TEXT)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) parts.push(text.charAt(++at));
    else if (character === '*') parts.push(ANY_TEXT);
    else parts.push(character === '?' ? ANY_ONE : character);
  }
  return parts;
}

/** Matches the whole value. Not by a regular expression: a query of many stars would take it for ever. */
export function matchesGlob(glob: Glob, value: string): boolean {
  let [at, inGlob] = [0, 0];
  let retry: { at: number; inGlob: number } | undefined;
  while (at < value.length) {
    const part = glob[inGlob];
    if (part === ANY_TEXT) {
      retry = { at, inGlob };
      inGlob += 1;
    } else if (part === ANY_ONE || part === value.charAt(at)) {
      at += 1;
      inGlob += 1;
    } else if (retry !== undefined) {
      // The latest star takes one character more; earlier stars never need to.
      retry.at += 1;
      at = retry.at;
      inGlob = retry.inGlob + 1;
    } else {
      return false;
    }
  }
  return glob.slice(inGlob).every((part) => part === ANY_TEXT);
}
