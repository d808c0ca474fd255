import { Lexer, Parser } from 'yaml';
import { NESTING_MAX } from '../../input/text/bounds.js';

/**
 * The offset at which a YAML text nests deeper than the composer can follow; undefined if it does not. The composer
 * recurses and this part of the parser does not, so the parser is asked first.
 */
export function yamlTooDeepAt(text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // The parser works only as far as its output is read; the output itself does not matter here.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > NESTING_MAX) return parser.offset;
  }
  return undefined;
}

/** Whether a value nests too deep: references can do that to a flat text. Walks level by level, each part once. */
export function isTooDeep(value: unknown): boolean {
  let level = new Set(partsOf(value));
  for (let depth = 0; level.size > 0; depth++) {
    if (depth >= NESTING_MAX) return true;
    level = new Set([...level].flatMap((part) => partsOf(Object.values(part))));
  }
  return false;
}

function partsOf(value: unknown): object[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is object => typeof item === 'object' && item !== null);
}
