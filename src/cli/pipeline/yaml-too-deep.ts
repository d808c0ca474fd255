import { Lexer, Parser } from 'yaml';
import { NESTING_MAX } from '../../job/text/too-deep.js';

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
