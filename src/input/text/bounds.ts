/** How large the texts may be that people hand over in files. */
export const TEXT_BYTES_MAX = {
  token: 4 * 1024,
  connections: 1024 * 1024,
  /** A hundred keys by their names. */
  payloadKeys: 16 * 1024,
  /** More than a pipeline may be, with room for comments. */
  pipeline: 1024 * 1024,
  /** More than an input may be, with room for indentation. */
  json: 4 * 1024 * 1024,
} as const;

/**
 * Levels of lists and maps. Ten pipelines in each other with a configuration in the innermost have about 120; parsers of
 * YAML, and whatever walks through a value later, give up or break from some 800 on, depending on who calls them.
 */
export const NESTING_MAX = 200;

/** Goes on behind a place or a name. */
export const TOO_DEEP = `is nested too deep, more than ${NESTING_MAX} levels`;

/** The same for a size. */
export function tooLarge(bytesMax: number): string {
  return `is larger than ${bytesMax} bytes`;
}

/**
 * Where a text of JSON goes deeper than a reader can follow, as an offset; undefined where it does not. It counts brackets
 * and recurses into none, so that it can be asked before any parser.
 */
export function tooDeepAt(json: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at);
    else if (character === ']' || character === '}') depth -= 1;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > NESTING_MAX) return at;
    }
  }
  return undefined;
}

function endOfString(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at;
  }
  return json.length;
}
