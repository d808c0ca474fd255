/** A parsed wildcard pattern: literal characters, `?` for any one character and `*` for any text. */
type Glob = readonly (string | typeof ANY_ONE | typeof ANY_TEXT)[];

const ANY_ONE = Symbol('?');
const ANY_TEXT = Symbol('*');

/** Compiles a pattern in which a backslash makes the next character literal; it has to match the whole value. */
export function compileGlob(text: string): (value: string) => boolean {
  const glob = parseGlob(text);
  const star = glob.findIndex((part) => typeof part !== 'string');
  const prefix = (star < 0 ? glob : glob.slice(0, star)).map(String).join('');
  if (star < 0) return (value) => value === prefix;
  // `runId:X.*` is the usual query, and it is only a prefix.
  if (star === glob.length - 1 && glob[star] === ANY_TEXT) return (value) => value.startsWith(prefix);
  return (value) => value.startsWith(prefix) && matches(glob, value);
}

function parseGlob(text: string): Glob {
  const parts: (string | typeof ANY_ONE | typeof ANY_TEXT)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) parts.push(text.charAt(++at));
    else if (character === '*') parts.push(ANY_TEXT);
    else parts.push(character === '?' ? ANY_ONE : character);
  }
  return parts;
}

/** Not a regular expression: with many stars it would take for ever. */
function matches(glob: Glob, value: string): boolean {
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
