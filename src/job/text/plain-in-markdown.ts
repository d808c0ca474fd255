import { writtenOutInLine } from './written-out.js';

/** Where a sign needs a backslash before it, wherever in a line the text stands. */
const ACTIVE = new RegExp(
  [
    // It would escape the next character, which may be Markdown of ours or a backslash that we add.
    String.raw`\\(?=[!-/:-@[-\x60{-~]|$)`,
    // Code, and the end of a cell of a table.
    String.raw`[\x60|]`,
    // Emphasis, unless it stands alone.
    String.raw`(?<! )[*~]|[*~](?! )`,
    // Emphasis, unless it stands within a word.
    String.raw`(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])`,
    // The middle of a link or of an image, and of what defines one. Without it there is neither.
    String.raw`\](?=[([:]|$)`,
    // HTML.
    '<(?![ =])',
    // A character by its name or number, which could be one that is written out otherwise.
    String.raw`&(?=#?\w+;)`,
  ].join('|'),
  'gu',
);

/** Where a line would become a headline, a quotation, an item of a list, or a rule. */
const BLOCK_START = /^(?=#{1,6}(?: |$)|>|[-+](?: |$)|-[- ]*$|=+$)|(?<=^\d{1,9})(?=[.)](?: |$))/;

/**
 * Escapes a text from outside for Markdown, in one line: the Web UI shows it and obeys nothing in it, so it makes no
 * headline, image, code, or link under another name. Most texts stay as they are, because a sign is escaped only where it
 * would do something. A bare address stays, too: if it becomes a link, that shows where it leads.
 */
export function plainInMarkdown(text: string): string {
  const line = writtenOutInLine(text.replaceAll(/\s+/g, ' ').trim());
  return line.replaceAll(ACTIVE, String.raw`\$&`).replace(BLOCK_START, '\\');
}
