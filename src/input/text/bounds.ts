import { NESTING_MAX } from '../../job/text/too-deep.js';

/** The largest texts, in bytes, that we read from people's files. */
export const TEXT_BYTES_MAX = {
  token: 4 * 1024,
  connections: 1024 * 1024,
  /** A hundred keys with their names. */
  payloadKeys: 16 * 1024,
  /** The limit of a pipeline, with room for comments. */
  pipeline: 1024 * 1024,
  /** The limit of an input, with room for indentation. */
  json: 4 * 1024 * 1024,
} as const;

/** Continues a message that begins with a place or a name. */
export function tooLarge(bytesMax: number): string {
  return `is larger than ${bytesMax} bytes`;
}

/**
 * The offset at which JSON text becomes too deep; undefined if it does not. It only counts brackets and does not
 * recurse, so it is safe to call before any parser.
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
