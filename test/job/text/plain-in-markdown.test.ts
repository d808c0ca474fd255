import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainInMarkdown } from '../../../src/job/text/plain-in-markdown.js';

/** Signs that mean something in Markdown, and what gives them their meaning. */
const SIGNS = [
  ...'\\ ` * _ [ ] ( ) < > # ! | ~ & ; : - + = . 1 a é'.split(' '),
  ' ',
  '\n',
  '](',
  '![',
  '&#42;',
  '---',
  '\u001b',
];
/** A sign with a backslash before it means nothing. */
const ESCAPED = /\\[!-/:-@[-`{-~]/g;
/** Stands for such a sign. A letter would name a character between `&` and `;`. */
const NOTHING = '·';
const OBEYED = /[`|\n\u001b]|(?<! )[*~]|[*~](?! )|\][([:]|<[a-z/!?]|&#?\w+;|\\$|^(?:#+ |>|[-+] |\d+[.)] |-[- ]*$)/i;

describe('a text of somebody else in Markdown', () => {
  it.each([
    ['a headline', 'x\n\n# All is well', 'x # All is well'],
    ['a headline at its start', '# All is well', String.raw`\# All is well`],
    ['a link under another name', '[open](https://evil.example)', String.raw`[open\](https://evil.example)`],
    ['an image', '![](https://evil.example/p.png)', String.raw`![\](https://evil.example/p.png)`],
    ['a definition', '[5]: https://evil.example', String.raw`[5\]: https://evil.example`],
    ['the first half of a link', 'see [this]', String.raw`see [this\]`],
    ['the end of a cell', 'a|b', String.raw`a\|b`],
    ['the end of a cell behind a backslash', String.raw`a\|b`, String.raw`a\\\|b`],
    ['a backslash at the end, before a sign of ours', 'a\\', String.raw`a\\`],
    ['HTML', '<img src=x><!-- hides the rest', String.raw`\<img src=x>\<!-- hides the rest`],
    ['code', '`a`', '\\`a\\`'],
    ['emphasis', '**all** __is__ ~~well~~', String.raw`\*\*all\*\* \_\_is\_\_ \~\~well\~\~`],
    ['a character by its number', '&#x202e;', String.raw`\&#x202e;`],
    ['a rule', '- - -', String.raw`\- - -`],
    ['a list', '1. one', String.raw`1\. one`],
    ['what a terminal would obey', 'a\u001b[2Jb', String.raw`a\u001b[2Jb`],
  ])('is no %s', (_, text, plain) => {
    expect(plainInMarkdown(text)).toBe(plain);
  });

  it.each([
    'Component "keboola.ex-db-mysql" failed: table out.c-main.daily_orders has 3 columns (expected 4)!',
    'SELECT * FROM "orders" WHERE a < 5 AND b >= 2; see [column id] in #5 & more',
    'Look at https://connection.keboola.com/admin/projects/1/queue/5?a=1&b=2',
    String.raw`C:\temp\in`,
    '12.5 % – žluťoučký 漢字 🦆',
    '-5 rows',
  ])('stays as it is where it is an ordinary one: %s', (text) => {
    expect(plainInMarkdown(text)).toBe(text);
  });

  it('holds nothing that would be obeyed, whatever the text, and shows every sign of it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SIGNS)), (signs) => {
        const plain = plainInMarkdown(signs.join(''));
        expect(plain.replace(ESCAPED, NOTHING)).not.toMatch(OBEYED);
        const shown = plain.replace(ESCAPED, (escaped) => escaped.slice(1));
        const line = signs.join('').replaceAll(/\s+/g, ' ').trim();
        expect(shown).toBe(line.replaceAll('\u001b', String.raw`\u001b`));
      }),
      { examples: [[['&', '\\', ';']]] },
    );
  });
});
