import { expect, it } from 'vitest';
import { writtenOut, writtenOutInLine } from '../../../src/job/text/written-out.js';

it.each([
  ['a sequence that writes into the clipboard', '\u001b]52;c;ZXZpbA==\u0007', String.raw`\u001b]52;c;ZXZpbA==\u0007`],
  ['a direction of writing', 'a\u202eb', String.raw`a\u202eb`],
  ['a character of two halves that nobody sees', '\u{e0041}', String.raw`\udb40\udc41`],
  ['layout, letters and signs of all kinds', 'a\tb\nžluťoučký 漢字 🦆', 'a\tb\nžluťoučký 漢字 🦆'],
])('writes out what a terminal would obey or hide, and nothing else: %s', (_, text, written) => {
  expect(writtenOut(text)).toBe(written);
  expect(writtenOut(written)).toBe(written);
});

it('keeps a text in its line where it must stay there', () => {
  expect(writtenOutInLine('one\ntwo\u001b')).toBe(String.raw`one\u000atwo\u001b`);
});
