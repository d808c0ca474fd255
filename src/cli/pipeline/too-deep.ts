import { Lexer, Parser } from 'yaml';
import { NESTING_MAX } from '../../input/text/bounds.js';

/**
 * Where a YAML text goes deeper than its composer can follow, as an offset; undefined where it does not. The composer
 * recurses and this part of the parser does not, so it is asked first.
 */
export function yamlTooDeepAt(text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // It works only as far as it is asked; what it has read whole is of no interest here.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > NESTING_MAX) return parser.offset;
  }
  return undefined;
}

/** Whether a value goes too deep, as references can make one that is flat as it is written. Level by level, each part once. */
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
